"""Alarms on the fake and on the file: what waits is counted by kind and stands first."""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.alarm import Alarm
from storeapp.till.ports import Shop

OLD = Alarm("a-1", "coupon_twice", "2026-09-20T10:00:00+08:00", "T2", {"fen": 500, "receipts": ["一", "二"]})
# the same moment said in another zone is later than it looks
NEW = Alarm("a-2", "coupon_twice", "2026-09-21T01:00:00+00:00")
OVER = Alarm("a-3", "custody", "2026-09-28T08:00:00+08:00", state="over", settled_at="2026-09-28T09:00:00+08:00")


def put(shop: Shop, *alarms: Alarm) -> None:
    with shop.writing() as books:
        for alarm in alarms:
            books.alarms.put(alarm)


def test_what_waits_stands_first_then_the_latest(shop: Shop) -> None:
    put(shop, OLD, OVER, NEW)

    with shop.reading() as books:
        assert books.alarms.latest() == (NEW, OLD, OVER)
        assert books.alarms.latest(most=1) == (NEW,)
        assert dict(books.alarms.standing()) == {"coupon_twice": 2}
        assert books.alarms.by_id("a-1") == OLD
        assert books.alarms.by_id("never") is None


def test_the_last_word_about_an_alarm_is_the_one_that_stands(shop: Shop) -> None:
    seen = replace(OLD, state="seen", by="1001", settled_at="2026-09-22T10:00:00+08:00")

    put(shop, OLD, NEW, seen)

    with shop.reading() as books:
        assert books.alarms.by_id("a-1") == seen
        assert dict(books.alarms.standing()) == {"coupon_twice": 1}
