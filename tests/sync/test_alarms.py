"""The cloud's alarms at the owner's till, and back: what he has looked at waits at no other till."""

from __future__ import annotations

import pytest

from storeapp.domain.alarm import Alarm
from storeapp.till import alarms
from storeapp.till.clock import SystemClock
from tests.fakes.fault_proxy import FaultProxy
from tests.sync.test_coupon_twice import twice
from tests.sync.world import Tenant, Till, new_till


@pytest.fixture
def other(line: FaultProxy, tenant: Tenant) -> Till:
    made = new_till()
    made.join(line.url, tenant.invite("2"))
    return made


def at(till: Till) -> Alarm:
    with till.shop.reading() as books:
        [found] = books.alarms.latest()
    return found


def test_a_coupon_used_twice_waits_at_every_till_until_one_person_has_looked(joined: Till, other: Till) -> None:
    first, second = twice(joined, other)
    heard = at(joined)

    alarms.see(joined.shop, heard.alarm_id, by="script", clock=SystemClock())
    # the cloud has not heard of it yet, and tells the same again from the first row
    with joined.shop.writing() as books:
        alarms.hear(books, heard)
    mine = at(joined)
    joined.sync()
    other.sync()

    assert (heard.kind, heard.state, heard.place) == ("coupon_twice", "open", "S01-2")
    assert heard.facts["receipts"] == sorted((first.receipt, second.receipt))
    assert (mine.state, at(joined).state, at(other).state, at(other).by) == ("seen", "seen", "seen", "script")


def test_what_a_till_finds_by_itself_no_cloud_says(joined: Till) -> None:
    with joined.shop.writing() as books:
        for kind in ("custody", "books", "clock"):
            alarms.hear(books, Alarm(kind, kind, "2026-09-20T10:00:00+08:00"))

    with joined.shop.reading() as books:
        assert books.alarms.latest() == ()
