"""Referral: codes are read as people type them, one level only, and thanks only for what is kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.referral import (
    Bought,
    Referral,
    ReferralRules,
    ReferralTooLate,
    SelfReferral,
    StaffReferral,
    check_pair,
    check_time,
    code_of,
    earned_by,
    in_time,
    is_late,
    spoken,
    tails_of,
)
from storeapp.domain.reward import Reward, read_reward

RULES = ReferralRules(is_on=True, wait_days=7, good_days=90, least_fen=500)
HERS = Referral("b", "a", "2026-09-28T10:00:00+08:00", "2026-09-28", "1007", "code")


@given(
    st.integers(0, 2**128 - 1), st.sampled_from([str.upper, str.lower, spoken, lambda code: f" {code[:4]} {code[4:]}"])
)
def test_a_code_leads_back_to_the_id_it_came_from(number: int, typed: object) -> None:
    member_id = str(UUID(int=number))

    assert callable(typed)
    assert member_id[-9:] in tails_of(typed(code_of(member_id)))


@pytest.mark.parametrize("text", ["", "13800000001", "7F3K9QWX", "ABCDEF", "ABCDEFU", "六七八九十一二"])
def test_what_is_no_code_leads_nowhere(text: str) -> None:
    assert tails_of(text) == ()


@pytest.mark.parametrize(
    ("text", "reward"),
    [
        ("", None),
        ("points 100", Reward("points", 100)),
        ("coupon 10", Reward("coupon", 1000)),
        ("coupon 10.50 over 50 for 14", Reward("coupon", 1050, 5000, 14)),
    ],
)
def test_rewards_are_read_as_the_owner_writes_them(text: str, reward: Reward | None) -> None:
    assert read_reward(text) == reward


@pytest.mark.parametrize(
    "text", ["cash 10", "points", "points 0", "points 999999", "coupon 0", "coupon 600", "coupon 5 for 0"]
)
def test_a_reward_is_never_money_and_never_beyond_its_cap(text: str) -> None:
    with pytest.raises(ValueError):
        read_reward(text)


def test_nobody_brings_herself_and_no_circle_pays() -> None:
    with pytest.raises(SelfReferral) as same:
        check_pair("a", "a", referrers_own=None, works_as="", cashier="1007")
    with pytest.raises(SelfReferral) as circle:
        check_pair("a", "b", referrers_own=HERS, works_as="", cashier="1007")

    assert (same.value.why, circle.value.why) == ("same_person", "circle")
    check_pair("c", "b", referrers_own=HERS, works_as="", cashier="1007")


def test_staff_bring_nobody_and_least_of_all_who_signs_her_up() -> None:
    with pytest.raises(SelfReferral) as cashier:
        check_pair("b", "a", referrers_own=None, works_as="1007", cashier="1007")
    with pytest.raises(StaffReferral):
        check_pair("b", "a", referrers_own=None, works_as="1008", cashier="1007")

    assert cashier.value.why == "cashier"


def test_she_says_it_before_she_buys_and_within_the_days() -> None:
    joined = date(2026, 9, 1)
    check_time(joined, date(2026, 9, 8), has_bought=False, days=7)

    with pytest.raises(ReferralTooLate):
        check_time(joined, date(2026, 9, 9), has_bought=False, days=7)
    with pytest.raises(ReferralTooLate):
        check_time(joined, joined, has_bought=True, days=7)


def test_thanks_come_for_the_first_purchase_that_is_kept_and_only_when_the_days_are_over() -> None:
    back, small, kept = (Bought(str(n), f"2026-09-{28 + n}", fen) for n, fen in enumerate((0, 499, 500)))

    assert earned_by([back, small, kept], RULES, today=date(2026, 10, 6)) is None
    assert earned_by([back, small, kept], RULES, today=date(2026, 10, 7)) == kept


def test_a_purchase_after_the_good_days_brings_nothing_and_then_it_is_late() -> None:
    last, after = Bought("1", "2026-12-27", 900), Bought("2", "2026-12-28", 900)

    assert in_time([last, after], HERS, RULES) == (last,)
    assert not is_late(HERS, RULES, today=date(2027, 1, 3))
    assert is_late(HERS, RULES, today=date(2027, 1, 4))
