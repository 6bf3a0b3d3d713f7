"""What earns points, how many, and what does not: the owner's text read, and weighed line by line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.points_rules import PLAIN, STRANGER, Earning, Who, points, read_points_rules

MONDAY = date(2026, 9, 28)
TEA, SPIRIT = Earning("9001", "饮料", 1050, 2), Earning("9002", "烟酒", 20000, 1)
GOLD = Who("金卡", "09-28")


def earned(text: str, *lines: Earning, who: Who = STRANGER, on: date = MONDAY, per_yuan: int = 1) -> int:
    return points(lines, read_points_rules(text), per_yuan=per_yuan, who=who, on=on)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", 210),
        ("category 烟酒=0", 10),
        ("category 烟酒=0; code 9002=50", 110),
        ("category 饮料、烟酒=200", 421),
        ("code 9001=+5", 220),
        ("visit=+3; visit 30=+8; visit 300=+50", 218),
        ("weekday 1=200", 421),
        ("weekday 2,3=200", 210),
        ("date 09-28=300", 631),
        ("date 2026-09-28=300; date 09-28=200", 631),
        ("tier 金卡=150", 315),
        ("tier 银卡=150", 210),
        ("birthday=200", 421),
        ("birthday=200；tier 金卡=200\nweekday 1=200", 1684),
    ],
)
def test_rules_weigh_what_was_paid(text: str, found: int) -> None:
    assert earned(text, TEA, SPIRIT, who=GOLD) == found


def test_a_stranger_has_neither_tier_nor_birthday() -> None:
    assert earned("birthday=500; tier 金卡=500", TEA, SPIRIT) == 210


def test_nothing_paid_earns_nothing_whatever_the_rules_say() -> None:
    free = Earning("9001", "饮料", 0, 3)

    assert earned("visit=+50; code 9001=+50", free) == 0
    assert earned("code 9001=+50", free, SPIRIT) == 200


def test_where_points_are_off_no_rule_brings_any() -> None:
    assert earned("visit=+50", TEA, per_yuan=0) == 0


@given(st.lists(st.integers(0, 1_000_000), max_size=6), st.integers(0, 10))
def test_without_rules_a_started_yuan_of_the_whole_earns_nothing(amounts: list[int], per_yuan: int) -> None:
    lines = [Earning("a", "", fen, 1) for fen in amounts]

    assert points(lines, PLAIN, per_yuan=per_yuan, who=STRANGER, on=MONDAY) == sum(amounts) // 100 * per_yuan


@pytest.mark.parametrize(
    "text",
    [
        "everything=2",
        "tier=200",
        "tier 金卡=+5",
        "weekday 8=200",
        "weekday 12=200",
        "date 02-30=200",
        "date 9-1=200",
        "birthday 09-28=200",
        "visit=3",
        "visit a lot=+3",
        "visit 3,4=+3",
        "category=0",
        "category x=-1",
        "category x=99999",
        "code 1 = +",
    ],
)
def test_what_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_points_rules(text)
