"""Tiers: up as soon as a condition is reached, down only when what was kept has run out, and never past the rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.tier import (
    Next,
    Tier,
    TierDone,
    TierRules,
    TierWord,
    judged,
    next_after,
    next_up,
    reached,
    read_tiers,
)

TEXT = "银卡: spend 1000, visits 12; 金卡：spend 5000; 黑卡: topup 10000"
TODAY, AT = date(2026, 9, 28), "2026-09-28T03:00:00+08:00"
RULES = TierRules(read_tiers(TEXT))


def said(tier: str, done: TierDone, last: TierWord | None = None, **rules: Any) -> str | None:
    word = judged("m", tier, last, done, TierRules(read_tiers(TEXT), **rules), today=TODAY, at=AT)
    return None if word is None else word.tier


def kept_until(day: date, tier: str = "金卡") -> TierWord:
    return TierWord("m", tier, AT, until=day.isoformat())


def test_the_owners_text_is_read() -> None:
    assert RULES.tiers == (Tier("银卡", 100_000, 12), Tier("金卡", 500_000), Tier("黑卡", top_up_fen=1_000_000))


@pytest.mark.parametrize(
    "text",
    ["银卡", "银卡:", "银卡: much", "银卡: spend", "银卡: spend 0", "银卡: spend 1, spend 2", ": spend 3",
     "银卡: visits 1.5", "银卡: spend 1; 银卡: spend 2", "很" * 21 + ": spend 1"],
)  # fmt: skip
def test_what_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_tiers(text)


@pytest.mark.parametrize(
    ("done", "place", "measure"),
    [
        (TierDone(99_999, 11), -1, None),
        (TierDone(0, 12), 0, "visits"),
        (TierDone(500_000, 0), 1, "spend"),
        (TierDone(500_000, 0, 1_000_000), 2, "topup"),
    ],
)
def test_one_condition_is_enough_and_the_highest_tier_counts(done: TierDone, place: int, measure: str | None) -> None:
    assert reached(done, RULES) == (place, measure)


def test_she_rises_at_once_and_over_more_than_one() -> None:
    assert said("", TierDone(600_000)) == "金卡"


def test_she_falls_one_step_when_what_she_kept_has_run_out_and_not_before() -> None:
    assert said("金卡", TierDone(), kept_until(TODAY)) is None
    assert said("金卡", TierDone(), kept_until(TODAY - timedelta(days=1))) == "银卡"
    assert said("金卡", TierDone(), kept_until(TODAY - timedelta(days=1)), downgrade="all") == ""
    assert said("金卡", TierDone(), kept_until(TODAY - timedelta(days=1)), downgrade="never") is None


def test_a_fall_never_goes_below_what_she_still_reaches() -> None:
    assert said("黑卡", TierDone(600_000), kept_until(TODAY - timedelta(days=1), "黑卡"), downgrade="all") == "金卡"


def test_a_tier_no_rule_names_is_left_alone() -> None:
    assert said("员工", TierDone(9_000_000)) is None
    assert next_up("员工", TierDone(), RULES) is None


def test_without_rules_nothing_is_ever_said() -> None:
    assert judged("m", "金卡", None, TierDone(), TierRules(), today=TODAY, at=AT) is None


def test_the_next_tier_names_the_nearest_condition() -> None:
    assert next_up("", TierDone(90_000, 3), RULES) == Next("银卡", "spend", 10_000)
    assert next_up("", TierDone(10_000, 11), RULES) == Next("银卡", "visits", 1)
    assert next_up("黑卡", TierDone(), RULES) is None


def test_who_brought_back_more_than_she_bought_hears_what_is_missing() -> None:
    only_visits = TierRules(read_tiers("银卡: visits 12"))

    assert next_up("", TierDone(-700, 0), only_visits) == Next("银卡", "visits", 12)
    assert next_up("", TierDone(-700, 0), RULES) == Next("银卡", "visits", 12)


@given(
    st.sampled_from(["", "银卡", "金卡", "黑卡"]),
    st.builds(TierDone, st.integers(-100, 10**7), st.integers(0, 40), st.integers(0, 10**7)),
    st.sampled_from(["step", "all", "never"]),
    st.integers(-400, 400),
)
def test_whatever_happened_a_second_look_the_same_day_changes_nothing(
    tier: str, done: TierDone, downgrade: Any, kept_days: int
) -> None:
    rules = TierRules(read_tiers(TEXT), downgrade=downgrade, keep_days=30)
    last = TierWord("m", tier, AT, until=(TODAY + timedelta(days=kept_days)).isoformat())

    word = judged("m", tier, last, done, rules, today=TODAY, at=AT)

    if word is not None:
        assert word.tier != tier
        assert judged("m", word.tier, word, done, rules, today=TODAY, at=AT) is None


def test_a_tier_reached_by_now_counts_before_anybody_has_said_so() -> None:
    assert next_after("", TierDone(90_000, 3), RULES) == Next("银卡", "spend", 10_000)
    assert next_after("", TierDone(120_000, 3), RULES) == Next("金卡", "spend", 380_000)
    # she keeps what she had, whatever she has done since
    assert next_after("金卡", TierDone(), RULES) == next_up("金卡", TierDone(), RULES)
    assert next_after("员工", TierDone(120_000), RULES) is None
