"""Which points go first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.ledger import Lot
from storeapp.domain.lots import in_spending_order, opened, spent


def lot(name: str, remaining: int, *, expires_on: str | None = None, earned_at: str = "2026-01-01") -> Lot:
    return Lot("m", name, earned_at, remaining, remaining, expires_on)


def test_the_soonest_to_lapse_goes_first_and_what_never_lapses_last() -> None:
    for_ever, later, sooner = lot("a", 5), lot("b", 5, expires_on="2027-01-01"), lot("c", 5, expires_on="2026-12-01")

    assert [each.lot_id for each in in_spending_order([for_ever, later, sooner])] == ["c", "b", "a"]


def test_of_equals_the_oldest_goes_first() -> None:
    newer, older = lot("a", 5, earned_at="2026-02-01"), lot("b", 5, earned_at="2026-01-01")

    assert [each.lot_id for each in spent([newer, older], 3)] == ["b"]


def test_what_she_owes_comes_off_a_new_lot() -> None:
    assert opened(lot("a", 40), balance_before=-15).remaining == 25
    assert opened(lot("a", 40), balance_before=-50).remaining == 0
    assert opened(lot("a", 40), balance_before=7).remaining == 40


@given(lots=st.lists(st.integers(0, 50), max_size=6), points=st.integers(0, 200))
def test_a_spend_takes_exactly_its_points_or_all_there_are(lots: list[int], points: int) -> None:
    before = [lot(str(number), amount) for number, amount in enumerate(lots)]

    changed = {each.lot_id: each for each in spent(before, points)}
    after = [changed.get(each.lot_id, each) for each in before]

    assert sum(lots) - sum(each.remaining for each in after) == min(points, sum(lots))
    assert all(each.remaining >= 0 for each in after)
