"""What a member is paid back: the law's formulas with a pencil, and their limits whatever she did before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.value_refund import CAUSES, Deposit, plan

PAID_ON, LATER = date(2026, 9, 28), date(2026, 11, 28)
# 充200送50, 100 of it had: 80 of what she paid, 20 of the gift
HAD_100 = replace(
    Deposit("d1", "S01-1-20260928-0001", "2026-09-28", "cash", 20_000, 5_000, 12_000, 3_000, 10_000, 10_000),
    principal_lots=(("d1", 12_000),),
    bonus_lots=(("d1", 3_000),),
)


@pytest.mark.parametrize(
    ("cause", "list_fen", "back"),
    [
        # the shop's fault: what she had counts at 200 : 250
        ("shop", 10_000, 12_000),
        ("shop", 12_500, 12_000),
        # her own wish: what she had counts at the price before discounts
        ("customer", 10_000, 10_000),
        ("customer", 12_500, 7_500),
        ("customer", 30_000, 0),
    ],
)
def test_the_two_formulas_with_a_pencil(cause: str, list_fen: int, back: int) -> None:
    assert replace(HAD_100, list_fen=list_fen).back_fen(cause, on=LATER, days=7) == back  # type: ignore[arg-type]  # a cause


def test_a_started_fen_is_hers() -> None:
    assert replace(HAD_100, spent_fen=1, list_fen=1).back_fen("shop", on=LATER, days=7) == 20_000


@pytest.mark.parametrize(("day", "is_within"), [(0, True), (7, True), (8, False)])
def test_within_seven_days_what_is_left_of_her_principal_comes_back_whole(day: int, is_within: bool) -> None:
    on = date(2026, 9, 28 + day) if day < 3 else date(2026, 10, day - 2)

    assert HAD_100.back_fen("customer", on=on, days=7) == (12_000 if is_within else 10_000)
    assert bool(plan([HAD_100], "within_days", on=on, days=7).parts) == is_within


def test_the_shops_fault_never_gives_less_than_the_days_of_return() -> None:
    gift_first = replace(HAD_100, principal_left=20_000, bonus_left=0, spent_fen=5_000, list_fen=5_000)

    assert gift_first.back_fen("shop", on=PAID_ON, days=7) == 20_000
    assert gift_first.back_fen("shop", on=LATER, days=7) == 16_000


def test_who_was_paid_back_before_gets_what_came_back_since() -> None:
    again = replace(HAD_100, principal_left=300, bonus_left=0, spent_fen=24_000, list_fen=24_000, was_paid_back=True)

    assert {again.back_fen(cause, on=LATER, days=7) for cause in CAUSES} == {300}


def test_a_plan_is_of_all_that_holds_something_or_of_those_named() -> None:
    empty = replace(HAD_100, lot_id="d0", number="0", principal_left=0, bonus_left=0)
    second = replace(HAD_100, lot_id="d2", number="2", tender="card")

    whole = plan([empty, HAD_100, second], "shop", on=LATER, days=7)

    assert (whole.money.fen, whole.principal_fen, whole.bonus_fen) == (24_000, 24_000, 6_000)
    assert whole.tenders == {"cash", "card"}
    assert [move.amount for move in whole.moves("m")] == [-12_000, -3_000] * 2
    assert plan([empty, HAD_100, second], "shop", on=LATER, days=7, only=["2"]).money.fen == 12_000


@st.composite
def spent_deposits(draw: st.DrawFn) -> Deposit:
    paid, given_fen = draw(st.integers(1, 500_000)), draw(st.integers(0, 200_000))
    principal_left, bonus_left = draw(st.integers(0, paid)), draw(st.integers(0, given_fen))
    spent = paid + given_fen - principal_left - bonus_left
    listed = spent + draw(st.integers(0, 100_000))
    return Deposit("d", "1", "2026-09-28", "cash", paid, given_fen, principal_left, bonus_left, spent, listed)


@given(hers=spent_deposits(), day=st.dates(date(2026, 9, 28), date(2027, 9, 28)))
def test_nobody_owes_the_shop_and_nobody_gets_more_than_she_paid(hers: Deposit, day: date) -> None:
    by = {cause: hers.back_fen(cause, on=day, days=7) for cause in CAUSES}

    assert all(0 <= fen <= hers.paid_fen for fen in by.values())
    assert by["customer"] <= by["within_days"] == hers.principal_left
    assert by["customer"] <= by["shop"]
