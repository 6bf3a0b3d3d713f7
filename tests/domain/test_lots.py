"""Which lots go first, and that they always hold the balance."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.ledger import Leg, Lot, LotMove, Txn, points_account
from storeapp.domain.lots import available, good_on, in_spending_order, move, parts_of, taken

POINTS = points_account("m")
AT = "2026-09-28T12:00:00+08:00"


def lot(name: str, remaining: int, *, expires_on: str | None = None, earned_at: str = "2026-01-01") -> Lot:
    return Lot("m", name, earned_at, remaining, remaining, expires_on)


def txn(amount: int, *lots: LotMove) -> Txn:
    return Txn("t", "adjust", AT, (Leg(POINTS, "pts", amount), Leg("exp.points", "pts", -amount)), "m", lots=lots)


def test_the_soonest_to_lapse_goes_first_and_what_never_lapses_last() -> None:
    for_ever, later, sooner = lot("a", 5), lot("b", 5, expires_on="2027-01-01"), lot("c", 5, expires_on="2026-12-01")

    assert [each.lot_id for each in in_spending_order([for_ever, later, sooner])] == ["c", "b", "a"]


def test_of_equals_the_oldest_goes_first() -> None:
    newer, older = lot("a", 5, earned_at="2026-02-01"), lot("b", 5, earned_at="2026-01-01")

    assert [each.lot_id for each in taken(POINTS, [newer, older], 3)] == ["b"]


def test_a_lot_is_good_on_its_last_day_and_not_after() -> None:
    lots = [lot("a", 5, expires_on="2026-09-28"), lot("b", 7), lot("c", 0)]

    assert [each.lot_id for each in good_on(lots, "2026-09-28")] == ["a", "b"]
    assert available(lots, "2026-09-29") == 7


def test_what_comes_in_opens_a_lot_and_what_goes_out_takes_the_first_to_lapse() -> None:
    assert move(txn(40), POINTS, [], balance_before=0).opened == (Lot("m", "t", AT, 40, 40),)

    spent = move(txn(-8), POINTS, [lot("a", 5), lot("b", 5, expires_on="2026-12-01")], balance_before=10)

    assert spent.uses == (LotMove(POINTS, "b", -5), LotMove(POINTS, "a", -3))


def test_what_was_owed_comes_off_a_new_lot_and_is_written_down() -> None:
    moved = move(txn(40), POINTS, [], balance_before=-15)

    assert [(each.amount, each.remaining) for each in moved.opened] == [(40, 25)]
    assert moved.uses == (LotMove(POINTS, "t", -15),)


def test_an_entry_may_open_several_lots_each_with_its_own_day() -> None:
    moved = move(
        txn(30, LotMove(POINTS, "t", 10, "2026-12-01"), LotMove(POINTS, "t#1", 20, None, "2026-01-01")),
        POINTS,
        [],
        balance_before=0,
    )

    assert [(each.lot_id, each.amount, each.expires_on, each.earned_at) for each in moved.opened] == [
        ("t", 10, "2026-12-01", AT),
        ("t#1", 20, None, "2026-01-01"),
    ]
    assert parts_of("t#1") == ("t", 1)


def test_what_is_put_back_never_fills_a_lot_beyond_what_it_held() -> None:
    half = replace(lot("a", 10), remaining=6)

    moved = move(txn(9, LotMove(POINTS, "a", 9, "2026-10-05")), POINTS, [half], balance_before=6)

    assert [(each.lot_id, each.remaining, each.expires_on) for each in moved.changed] == [("a", 10, "2026-10-05")]
    assert [each.remaining for each in moved.opened] == [5]


@given(
    lots=st.lists(st.integers(0, 50), max_size=6),
    amount=st.integers(-200, 200),
    asked=st.lists(st.tuples(st.integers(0, 7), st.integers(-60, 60)), max_size=4),
    debt=st.integers(0, 30),
)
def test_lots_hold_the_balance_whatever_is_asked_of_them(
    lots: list[int], amount: int, asked: list[tuple[int, int]], debt: int
) -> None:
    before = [replace(lot(str(n), 50), remaining=left) for n, left in enumerate(lots)]
    balance = sum(lots) or -debt
    asks = tuple(LotMove(POINTS, str(n), much) for n, much in asked)

    moved = move(txn(amount, *asks), POINTS, before, balance_before=balance)

    after = {each.lot_id: each for each in (*before, *moved.opened, *moved.changed)}
    assert sum(each.remaining for each in after.values()) == max(balance + amount, 0)
    assert all(0 <= each.remaining <= each.amount for each in after.values())
    was = {each.lot_id: each.remaining for each in before} | {each.lot_id: each.amount for each in moved.opened}
    for use in moved.uses:
        was[use.lot_id] += use.amount
    assert was == {lot_id: each.remaining for lot_id, each in after.items()}
