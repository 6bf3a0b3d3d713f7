"""Stamps: what the owner's words mean, which days count, and which card somebody holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.reward import Reward
from storeapp.domain.stamp import Goal, Purchase, StampCard, StampRules, card_of, is_since, read_goals, stamped

RULES = StampRules(read_goals("5 = points 50; 10 visits -> template tea"), "2026-09-01", 1000)


def test_the_owners_words_are_goals_fewest_stamps_first() -> None:
    assert read_goals("10 = coupon 10 over 50 for 30；5 = points 50") == (
        Goal(5, Reward("points", 50)),
        Goal(10, Reward("coupon", 1000, 5000, 30)),
    )
    assert RULES.goals[1] == Goal(10, template="tea")
    assert read_goals("") == ()


@pytest.mark.parametrize(
    "text", ["0 = points 5", "101 = points 5", "5 = money 5", "5", "5 = points 5; 5 = points 6", "5 = template a b"]
)
def test_what_says_nothing_is_no_rule(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_goals(text)


def test_a_day_is_one_stamp_and_small_old_or_returned_purchases_are_none() -> None:
    bought = [
        Purchase("2026-09-02", 1000),
        Purchase("2026-09-02", 5000),
        Purchase("2026-09-03", 999),
        Purchase("2026-08-31", 5000),
        Purchase("2026-09-01", 1000),
    ]

    assert stamped(bought, RULES) == ("2026-09-01", "2026-09-02")
    assert stamped([Purchase("2026-09-02", 0)], StampRules(RULES.goals, "2026-09-01", 0)) == ()


@given(st.integers(0, 500))
def test_a_card_is_shown_full_until_the_next_stamp_and_each_goal_comes_once_a_card(stamps: int) -> None:
    held = card_of(stamps, RULES)

    assert held.of == 10
    assert (held.have == 0) == (stamps == 0)
    assert stamps == 0 or (stamps - held.have) % 10 == 0
    assert sum(RULES.goal_at(n) is not None for n in range(1, stamps + 1)) == stamps // 5


def test_without_a_first_day_there_are_no_cards() -> None:
    assert not StampRules(RULES.goals, "").is_on
    assert not StampRules((), "2026-09-01").is_on
    assert card_of(10, RULES) == StampCard(10, 10)
    assert [is_since(text) for text in ("2026-09-01", "", "2026-9-1", "soon")] == [True, True, False, False]
