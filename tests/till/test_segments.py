"""Segments: counted as of now, tagged every night, and nothing else is opened for them."""

from __future__ import annotations

from typing import Any

import pytest

from storeapp.domain.member import Member
from storeapp.domain.segment import FIELDS as ASKED
from storeapp.domain.segment import BadSegment, BadTag, from_data
from storeapp.till import layers, segments
from storeapp.till.segments import UnknownSegment
from storeapp.ui.segment_words import FIELDS, conditions
from storeapp.words import words
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import StillClock
from tests.ui.crowd import crowd

COOLING = {
    "id": "quiet",
    "name": "安静的常客",
    "tag": "待唤醒",
    "conditions": [
        {"field": "stage", "is": "equals", "value": "cooling"},
        {"field": "net_fen", "is": "at_least", "value": 20_000},
    ],
}


def asked(name: str, field: str, test: str, value: object, tag: str = "") -> dict[str, Any]:
    return {"id": name, "name": name, "tag": tag, "conditions": [{"field": field, "is": test, "value": value}]}


@pytest.fixture
def lived(shop: MemoryShop, clock: StillClock) -> MemoryShop:
    crowd(shop, 60)
    layers.work_the_night(shop, clock=clock)
    return shop


def counted(shop: MemoryShop, clock: StillClock) -> dict[str, int]:
    return {each.segment.segment_id: each.members for each in segments.counts(shop, clock=clock)}


def test_a_segment_counts_those_of_whom_all_is_true(lived: MemoryShop, clock: StillClock) -> None:
    segments.put(lived, [COOLING], by="1001", clock=clock)

    with lived.reading() as books:
        wanted = [x for x in books.layers.every() if x.standing.stage == "cooling" and x.trade.net_fen >= 20_000]
        shown = segments.members_in(books, "quiet", clock=clock, most=100)
    assert counted(lived, clock) == {"quiet": len(wanted)}
    assert {one.member_id for one in shown} == {layer.member_id for layer in wanted}
    assert wanted


def test_every_fact_that_may_be_asked_is_looked_up(lived: MemoryShop, clock: StillClock) -> None:
    rows = [
        asked("agrees", "may_be_contacted", "equals", True),
        asked("has-points", "points", "at_least", 1),
        asked("no-value", "stored_fen", "equals", 0),
        asked("counter", "source", "equals", ""),
        asked("masks", "categories", "has", "面膜"),
        asked("untagged", "tags", "lacks", "老街坊"),
        asked("no-birthday", "birthday_in_days", "at_least", 0),
        asked("no-coupons", "coupons", "equals", 0),
    ]
    segments.put(lived, rows, by="1001", clock=clock)

    found = counted(lived, clock)

    assert found["agrees"] == 30
    assert found["no-value"] == found["counter"] == found["untagged"] == found["no-coupons"] == 60
    assert found["no-birthday"] == found["has-points"] == 0
    assert 0 < found["masks"] <= 60


def test_tags_by_rule_come_and_go_and_tags_by_hand_stay(lived: MemoryShop, clock: StillClock) -> None:
    segments.put(lived, [asked("all", "visits", "at_least", 1, tag="来过")], by="1001", clock=clock)
    with lived.writing() as books:
        books.layers.tag(["m-0000"], "来过", by="1007", at="2026-09-28T10:00:00+08:00")
        books.layers.tag(["m-0001"], "老街坊", by="1007", at="2026-09-28T10:00:00+08:00")

    assert segments.tag_by_rule(lived, clock=clock) == 60
    segments.drop(lived, "all", by="1001", clock=clock)
    assert segments.tag_by_rule(lived, clock=clock) == 0

    with lived.reading() as books:
        assert books.layers.tags() == {"m-0000": frozenset({"来过"}), "m-0001": frozenset({"老街坊"})}


@pytest.mark.parametrize(
    ("row", "why"), [(COOLING | {"conditions": []}, BadSegment), (COOLING | {"tag": "a,b"}, BadTag)]
)
def test_of_a_file_all_is_saved_or_nothing(
    lived: MemoryShop, clock: StillClock, row: dict[str, Any], why: type[Exception]
) -> None:
    with pytest.raises(why):
        segments.put(lived, [COOLING, row], by="1001", clock=clock)

    assert counted(lived, clock) == {}


def test_what_is_not_there_is_not_dropped(lived: MemoryShop, clock: StillClock) -> None:
    with pytest.raises(UnknownSegment):
        segments.drop(lived, "nobody", by="1001", clock=clock)


def test_every_fact_has_its_name_and_a_question_reads_aloud(lived: MemoryShop, clock: StillClock) -> None:
    assert set(FIELDS) == set(ASKED)
    [saved] = segments.put(lived, [COOLING], by="1001", clock=clock)

    assert conditions(saved, words("en")) == "stage = Cooling · bought in all ≥ ¥200.00"


def test_who_joined_and_never_bought_stands_only_where_she_is_asked_for(lived: MemoryShop, clock: StillClock) -> None:
    with lived.writing() as books:
        for number, day in (("1", "2026-09-01"), ("2", "2026-09-27")):
            books.members.put(Member(f"new-{number}", f"861370000000{number}", "", f"{day}T10:00:00+08:00"))
    never = {"field": "never_bought", "is": "equals", "value": True}
    rows = [
        {"id": "never", "name": "never", "conditions": [never]},
        {"id": "old", "name": "old", "conditions": [never, {"field": "days_joined", "is": "at_least", "value": 14}]},
        asked("bought", "never_bought", "equals", False),
        asked("few-visits", "visits", "at_most", 0),
        asked("no-points", "points", "equals", 0),
        asked("lowest", "recency", "at_most", 5),
    ]

    segments.put(lived, rows, by="1001", clock=clock)

    assert counted(lived, clock) == {
        "never": 2, "old": 1, "bought": 60, "few-visits": 0, "no-points": 60, "lowest": 60,
    }  # fmt: skip
    with lived.reading() as books:
        assert [one.member_id for one in segments.members_in(books, "old", clock=clock, most=9)] == ["new-1"]


def test_a_segment_is_counted_before_it_is_saved(lived: MemoryShop, clock: StillClock) -> None:
    assert segments.count(lived, from_data(asked("all", "visits", "at_least", 1)), clock=clock) == 60
    assert counted(lived, clock) == {}
