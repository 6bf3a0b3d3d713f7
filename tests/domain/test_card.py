"""Cards by the rules: kinds, what is earned and given back, and what the law has a shop pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.business_day import months_on
from storeapp.domain.card import BackTerms, Card, back_fen, passed_fen
from storeapp.domain.card_kind import BadCardKind, CardKind, as_data, from_data, read_kinds, write_kinds
from storeapp.domain.card_use import CardUse, Covered, earned_fen, parts_back, times_back
from storeapp.domain.ledger import LotMove
from storeapp.domain.money import Money

TEN = CardKind("TEN", "十次卡", Money(40_000), goods=("1", "2"), times=10, gift=2, days=365)
YEAR = CardKind("VIP", "金卡年费", Money(36_500), form="membership", months=12, tier="金卡")
HERS = Card("c", "S01-1-20260928-0001", TEN, "m", "2026-09-28", 40_000, "cash", left=9, taken=3, listed_fen=18_000)
MEMBER = Card("c", "n", YEAR, "m", "2026-01-01", 36_500, "cash", since="2026-01-01", until="2026-12-31", worth_fen=1)
LAW = BackTerms(7)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"code": "a b"}, "code"),
        ({"code": ""}, "code"),
        ({"name": " "}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"price": Money(0)}, "price"),
        ({"price": Money(500_001)}, "price"),
        ({"goods": ()}, "goods"),
        ({"goods": ("1", "1")}, "goods"),
        ({"times": 0}, "times"),
        ({"times": 1_001}, "times"),
        ({"gift": -1}, "gift"),
        ({"days": 3_651}, "days"),
        ({"months": 1}, "months"),
        ({"tier": "金卡"}, "tier"),
    ],
)
def test_a_kind_that_cannot_be_says_why(change: dict[str, object], why: str) -> None:
    with pytest.raises(BadCardKind) as refused:
        replace(TEN, **change)  # type: ignore[arg-type]  # the tests' own words

    assert refused.value.why == why


@pytest.mark.parametrize(
    ("change", "why"), [({"months": 0}, "months"), ({"tier": ""}, "tier"), ({"times": 1}, "times")]
)
def test_a_membership_that_cannot_be_says_why(change: dict[str, object], why: str) -> None:
    with pytest.raises(BadCardKind) as refused:
        replace(YEAR, **change)  # type: ignore[arg-type]  # the tests' own words

    assert refused.value.why == why


@pytest.mark.parametrize("kind", [TEN, YEAR, replace(TEN, is_ended=True, may_be_handed_on=True)])
def test_a_kind_is_read_as_it_was_written(kind: CardKind) -> None:
    assert from_data(as_data(kind)) == kind
    assert read_kinds(write_kinds([kind])) == (kind,)


@pytest.mark.parametrize(
    "text", ["x", "{}", "[1]", '[{"code": "a"}]', write_kinds([TEN, TEN]), '[{"price_fen": true}]']
)
def test_what_is_no_list_of_kinds_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_kinds(text)


@given(paid=st.integers(0, 500_000), left=st.integers(1, 1_000), data=st.data())
def test_however_the_times_are_taken_all_of_the_money_is_earned(paid: int, left: int, data: st.DataObject) -> None:
    worth = paid
    while left:
        taken = data.draw(st.integers(1, left))
        earned = earned_fen(worth, left=left, taken=taken)
        assert 0 <= earned <= worth
        worth, left = worth - earned, left - taken
    assert worth == 0


@given(
    times=st.integers(1, 20), paid=st.integers(0, 20), earned=st.integers(0, 10_000), pieces=st.integers(1, 20),
    data=st.data(),
)  # fmt: skip
def test_in_whatever_parts_goods_come_back_all_of_it_does(
    times: int, paid: int, earned: int, pieces: int, data: st.DataObject
) -> None:
    paid = min(paid, times)
    lots = (LotMove("times:c", "c#1", -(times - paid)), LotMove("times:c", "c", -paid))
    use = CardUse("c", "n", "r", times, times, 0, earned if paid else 0, (Covered(1, times, 700),), lots=lots)
    past, done = [0] * 6, 0
    while done < pieces:
        now = data.draw(st.integers(1, pieces - done))
        back = times_back([use], {1: (done, now, pieces)})
        parts = parts_back([use], back, past)
        assert min(parts) >= 0
        past, done = [before + part for before, part in zip(past, parts, strict=True)], done + now
    assert past == [times, times, use.earned_fen, use.earned_fen, 700, 700]


def test_what_times_cost_comes_back_with_the_times_and_not_before() -> None:
    # four pieces, three of them by the card
    use = CardUse("c", "n", "r", 3, 3, 0, 997, (Covered(1, 3, 1_050),))

    assert [times_back([use], {1: (done, 1, 4)})[0] for done in range(4)] == [(0, 0), (1, 350), (1, 350), (1, 350)]


def test_the_law_of_the_first_days_and_of_later() -> None:
    soon, later = date(2026, 10, 5), date(2026, 10, 6)

    assert back_fen(HERS, "customer", on=soon, terms=LAW) == 40_000 - 40_000 * 3 // 12
    assert back_fen(HERS, "customer", on=later, terms=LAW) == 40_000 - 18_000
    assert back_fen(HERS, "shop", on=later, terms=LAW) == 30_000
    assert back_fen(HERS, "customer", on=later, terms=replace(LAW, own_wish="share")) == 30_000
    dear = replace(HERS, listed_fen=50_000)
    assert back_fen(dear, "customer", on=later, terms=LAW) == 0
    assert back_fen(replace(HERS, back_fen=25_000), "shop", on=later, terms=LAW) == 5_000


def test_a_membership_is_paid_back_by_what_is_to_come() -> None:
    assert back_fen(MEMBER, "customer", on=date(2026, 1, 8), terms=LAW) == 36_500
    assert back_fen(MEMBER, "customer", on=date(2026, 1, 31), terms=LAW) == 36_500 - 30 * 100
    by_month = replace(LAW, part="months")
    assert back_fen(MEMBER, "customer", on=date(2026, 1, 31), terms=by_month) == 36_500 - 36_500 // 12
    assert back_fen(MEMBER, "shop", on=date(2026, 1, 31), terms=by_month) == 36_500 - 30 * 100
    assert back_fen(MEMBER, "shop", on=date(2027, 1, 1), terms=LAW) == 0
    assert passed_fen(MEMBER, date(2025, 12, 1)) == 0


def test_a_month_later_is_the_same_day_or_the_months_last() -> None:
    assert months_on(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_on(date(2026, 12, 5), 1) == date(2027, 1, 5)
    assert months_on(date(2026, 5, 31), 12) == date(2027, 5, 31)


@pytest.mark.parametrize(
    ("card", "on", "state"),
    [
        (replace(HERS, until="2026-10-28"), date(2026, 11, 4), "open"),
        (replace(HERS, until="2026-10-28"), date(2026, 11, 5), "ended"),
        (replace(HERS, left=0), date(2026, 10, 1), "used_up"),
        (replace(HERS, left=0, was_paid_back=True), date(2026, 10, 1), "paid_back"),
        (HERS, date(2036, 1, 1), "open"),
        (MEMBER, date(2026, 12, 31), "open"),
        (MEMBER, date(2027, 1, 1), "ended"),
        (replace(MEMBER, was_paid_back=True), date(2026, 6, 1), "paid_back"),
    ],
)
def test_how_a_card_stands(card: Card, on: date, state: str) -> None:
    assert card.state(on, grace=7) == state


def test_she_is_told_before_it_ends() -> None:
    card = replace(HERS, until="2026-10-28")

    assert [card.is_ending(date(2026, 10, day), within=14) for day in (13, 14, 28, 29)] == [False, True, True, False]
    assert not HERS.is_ending(date(2026, 10, 28), within=14)
