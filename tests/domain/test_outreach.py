"""Outreach and segments: who hears from the shop, and above all who does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.customer_value import history, spending, values
from storeapp.domain.outreach import (
    ORDER,
    SELLING,
    Candidate,
    OutreachRules,
    Peace,
    Reason,
    is_quiet,
    may_write,
    mix,
    nurture_step,
    queue,
)
from storeapp.domain.rfm import Trade
from storeapp.domain.segment import BadSegment, Facts, as_data, from_data
from storeapp.domain.value_model import Frequency, Worth

TODAY = date(2026, 9, 28)
RULES = OutreachRules()
OPEN = Peace(has_agreed=True)
SLEEPING: dict[str, Any] = {
    "id": "sleeping",
    "name": "沉睡会员",
    "tag": "沉睡",
    "conditions": [
        {"field": "days_away", "is": "at_least", "value": 45},
        {"field": "stage", "is": "differs", "value": "lost"},
    ],
}


@pytest.mark.parametrize(
    ("peace", "may"),
    [
        (OPEN, True),
        (Peace(has_agreed=False), False),
        (Peace(has_agreed=True, opted_out=True), False),
        (Peace(has_agreed=True, last_written_on=TODAY - timedelta(days=13)), False),
        (Peace(has_agreed=True, last_written_on=TODAY - timedelta(days=14)), True),
        (Peace(has_agreed=True, last_written_on=TODAY + timedelta(days=300)), False),
    ],
)
def test_nobody_is_written_to_against_her_will_or_too_soon(peace: Peace, may: bool) -> None:
    assert may_write(peace, today=TODAY, rules=RULES, reason="thanks") is may


def test_her_welcome_keeps_its_own_days() -> None:
    yesterday = Peace(has_agreed=True, last_written_on=TODAY - timedelta(days=2))

    assert may_write(yesterday, today=TODAY, rules=RULES, reason="nurture_3")
    assert [nurture_step(days) for days in (0, 1, 2, 3, 7, 8)] == [
        None, "nurture_1", None, "nurture_3", "nurture_7", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("now", "quiet"), [(time(8, 59), True), (time(9), False), (time(20, 59), False), (time(21), True)]
)
def test_the_night_is_quiet(now: time, quiet: bool) -> None:
    assert is_quiet(now, RULES) is quiet


def test_who_agreed_to_nothing_is_not_even_looked_at() -> None:
    assert queue([Candidate("a", "birthday")], {}, today=TODAY, rules=RULES) == ()


def test_each_member_is_named_once_with_her_best_reason() -> None:
    told = [Candidate("a", "due"), Candidate("a", "birthday"), Candidate("b", "thanks")]

    chosen = queue(told, {"a": OPEN, "b": OPEN}, today=TODAY, rules=RULES)

    assert [(c.member_id, c.reason) for c in chosen] == [("a", "birthday"), ("b", "thanks")]


def test_who_cannot_be_sold_to_today_may_still_be_thanked() -> None:
    rules = replace(RULES, selling_share_percent=0)
    told = [Candidate("a", "due"), Candidate("a", "cooling")]

    assert [c.reason for c in queue(told, {"a": OPEN}, today=TODAY, rules=rules)] == ["cooling"]


def test_selling_takes_its_share_and_leaves_the_rest_empty() -> None:
    rules = replace(RULES, most_a_day=10, selling_share_percent=25)
    told = [Candidate(name, "due") for name in "abcde"] + [Candidate(name, "coupon_lapses") for name in "fghij"]

    chosen = queue(told, dict.fromkeys("abcdefghij", OPEN), today=TODAY, rules=rules)

    # a quarter of ten, rounded down
    assert len(chosen) == 2


@pytest.mark.parametrize("reason", ["make_good", "nurture_1"])
@pytest.mark.parametrize(("days", "may"), [(-3, False), (0, False), (1, True)])
def test_an_apology_and_a_welcome_wait_for_another_day(reason: Reason, days: int, may: bool) -> None:
    written = Peace(has_agreed=True, last_written_on=TODAY - timedelta(days=days))

    assert may_write(written, today=TODAY, rules=RULES, reason=reason) is may


CANDIDATES = st.lists(
    st.builds(Candidate, st.sampled_from("abcdefghij"), st.sampled_from(ORDER), st.integers(0, 9)), max_size=60
)  # fmt: skip


@given(CANDIDATES, st.integers(0, 12), st.integers(0, 100), st.sets(st.sampled_from("abcdefghij")))
def test_no_list_is_longer_or_sells_more_than_the_owner_said(
    told: list[Candidate], most: int, share: int, agreed: set[str]
) -> None:
    rules = replace(RULES, most_a_day=most, selling_share_percent=share)
    peace = {name: Peace(has_agreed=name in agreed) for name in "abcdefghij"}

    chosen = queue(told, peace, today=TODAY, rules=rules)

    assert len(chosen) <= most
    assert len({c.member_id for c in chosen}) == len(chosen)
    assert {c.member_id for c in chosen} <= agreed
    assert sum(c.reason in SELLING for c in chosen) * 100 <= most * share
    assert chosen == queue(list(reversed(told)), peace, today=TODAY, rules=rules)


def test_the_mix_is_the_share_that_sells() -> None:
    assert mix(["thanks", "birthday", "due", "cooling"]) == 25
    assert mix([]) == 0


def test_a_segment_is_read_back_as_it_was_written() -> None:
    assert as_data(from_data(SLEEPING)) == SLEEPING


def test_all_conditions_of_a_segment_must_hold() -> None:
    segment = from_data(SLEEPING)

    assert segment.holds(Facts("a", stage="cooling", days_away=45))
    assert not segment.holds(Facts("a", stage="cooling", days_away=44))
    assert not segment.holds(Facts("a", stage="lost", days_away=90))
    assert not segment.holds(Facts("a", stage="cooling"))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"name": ""}, "name"),
        ({"conditions": []}, "conditions"),
        ({"conditions": ["x"]}, "conditions[1]"),
        ({"conditions": [{"field": "phone", "is": "equals", "value": "1"}]}, "conditions[1].field"),
        ({"conditions": [{"field": "visits", "is": "has", "value": 1}]}, "conditions[1].is"),
        ({"conditions": [{"field": "visits", "is": "at_least", "value": "3"}]}, "conditions[1].value"),
        ({"conditions": [{"field": "visits", "is": "at_least", "value": True}]}, "conditions[1].value"),
        ({"conditions": [{"field": "tags", "is": "has", "value": "x" * 41}]}, "conditions[1].value"),
        ({"id": 7}, "id"),
    ],
)
def test_a_segment_that_cannot_be_read_says_where(change: Mapping[str, Any], where: str) -> None:
    with pytest.raises(BadSegment) as refused:
        from_data({**SLEEPING, **change})

    assert refused.value.where == where


def test_the_three_values_follow_their_formulas() -> None:
    trade = Trade("a", TODAY - timedelta(days=140), TODAY, 5, 50_000, margin_fen=12_000)
    frequency, worth = Frequency(0.243, 4.414, 0.793, 2.426), Worth(6.25, 3.74, 15.44)

    found = values(trade, usual_days=35, today=TODAY, frequency=frequency, worth=worth)

    assert (found.realised_fen, found.realised_is_margin) == (12_000, True)
    assert found.potential_fen == 50_000 * 365 // (35 * 5)
    purchases = frequency.expected(history(trade, today=TODAY), 365 / 7)
    assert found.model_fen == round(purchases * worth.expected(spending(trade)) * 100)


def test_what_nobody_can_tell_is_not_told() -> None:
    found = values(Trade("a", TODAY, TODAY, 1, 500), usual_days=None, today=TODAY)

    assert (found.realised_fen, found.realised_is_margin) == (500, False)
    assert (found.potential_fen, found.model_fen, found.alive) == (None, None, None)
