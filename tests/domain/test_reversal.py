"""Taking back: by the very legs and lots, never more than there was."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.ledger import SPENT, Leg, Lot, LotMove, Txn, debt_account, points_account, principal_account
from storeapp.domain.reversal import OverReversed, Past, part_of, reverse, share

POINTS, VALUE = points_account("m"), principal_account("m")
AT, TODAY = "2026-09-28T12:00:00+08:00", date(2026, 9, 28)
SALE = Txn(
    "sale",
    "sale",
    AT,
    (
        Leg("tender.cash:1", "fen", 500),
        Leg(VALUE, "fen", -500),
        Leg("tender.stored_value:1", "fen", 500),
        Leg("rev.sales", "fen", -1300),
        Leg(POINTS, "pts", -300),
        Leg("points.redeemed", "pts", 300),
        Leg("exp.points", "pts", -82),
        Leg(POINTS, "pts", 82),
        Leg(SPENT, "fen", 500),
        Leg("tender.points:1", "fen", 300),
    ),
    "m",
)
MOVES = (LotMove(POINTS, "sale", 82), LotMove(POINTS, "a", -200), LotMove(POINTS, "b", -100), LotMove(VALUE, "v", -500))


def lots(*, own: int = 82, a: int = 0, b: int = 50, until: str | None = None) -> dict[str, tuple[Lot, ...]]:
    return {
        POINTS: (
            Lot("m", "a", "2026-01-01", 200, a, until),
            Lot("m", "b", "2026-02-01", 150, b),
            Lot("m", "sale", AT, 82, own),
        ),
        VALUE: (Lot("m", "v", "2026-01-01", 500, 0),),
    }


def taken(
    parts: tuple[int, ...], *, past: tuple[int, ...] = (), moves: tuple[LotMove, ...] = MOVES, **has: object
) -> Txn:
    return reverse(SALE, parts, Past(past, moves, lots(**has)), txn_id="r", kind="refund", at=AT, on=TODAY)  # type: ignore[arg-type]  # the keywords of `lots`


def test_the_whole_goes_back_by_the_very_legs_and_lots() -> None:
    back = taken(tuple(abs(leg.amount) for leg in SALE.legs))

    assert sorted((leg.account, leg.amount) for leg in back.legs) == sorted(
        (leg.account, -leg.amount) for leg in SALE.legs
    )
    assert set(back.lots) == {
        LotMove(POINTS, "a", 200),
        LotMove(POINTS, "b", 100),
        LotMove(POINTS, "sale", -82),
        LotMove(VALUE, "v", 500),
    }
    assert (back.reverses, back.member_id) == ("sale", "m")


def test_the_lot_used_last_is_filled_first() -> None:
    back = taken((0, 0, 0, 0, 150, 150, 0, 0, 0, 0))

    assert back.lots == (LotMove(POINTS, "b", 100), LotMove(POINTS, "a", 50))


def test_what_an_earlier_refund_gave_back_is_not_given_back_twice() -> None:
    back = taken(
        (0, 0, 0, 0, 150, 150, 0, 0, 0, 0),
        past=(0, 0, 0, 0, 150, 150, 0, 0, 0, 0),
        moves=(*MOVES, LotMove(POINTS, "b", 100), LotMove(POINTS, "a", 50)),
        a=50,
    )

    assert back.lots == (LotMove(POINTS, "a", 150),)


def test_what_lapsed_meanwhile_is_good_for_a_week_more() -> None:
    back = taken((0, 0, 0, 0, 300, 300, 0, 0, 0, 0), until="2026-09-30")

    assert LotMove(POINTS, "a", 200, "2026-10-05") in back.lots


def test_what_is_good_for_longer_keeps_its_day() -> None:
    back = taken((0, 0, 0, 0, 300, 300, 0, 0, 0, 0), until="2026-12-31")

    assert LotMove(POINTS, "a", 200, None) in back.lots


def test_points_spent_meanwhile_are_owed() -> None:
    back = taken((0, 0, 0, 0, 0, 0, 82, 82, 0, 0), own=20, b=10)

    assert Leg(POINTS, "pts", -30) in back.legs
    assert Leg(debt_account("m"), "pts", -52) in back.legs


def test_more_than_there_was_is_refused() -> None:
    with pytest.raises(OverReversed) as caught:
        taken((0, 0, 0, 0, 0, 0, 83, 82, 0, 0))

    assert (caught.value.n, caught.value.left, caught.value.asked) == (7, 82, 83)


def test_more_than_is_left_after_earlier_refunds_is_refused() -> None:
    with pytest.raises(OverReversed):
        taken((301, 301, 0, 0, 0, 0, 0, 0, 0, 0), past=(200, 200, 0, 0, 0, 0, 0, 0, 0, 0))
    with pytest.raises(OverReversed):
        share(SALE, (500, 500, 500, 1300, 0, 0, 0, 0, 500, 300), "fen", 1)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=8))
def test_parts_add_up_to_the_whole_and_never_beyond(pieces: list[int]) -> None:
    whole = sum(pieces)
    past = [0] * len(SALE.legs)
    done = 0

    for piece in pieces:
        parts = part_of(SALE, past, done=done, part=piece, whole=whole)
        for unit in ("fen", "pts"):
            signed = [
                part * (1 if leg.amount > 0 else -1)
                for leg, part in zip(SALE.legs, parts, strict=True)
                if leg.unit == unit
            ]
            assert sum(signed) == 0
        past = [before + part for before, part in zip(past, parts, strict=True)]
        assert all(0 <= part <= abs(leg.amount) for leg, part in zip(SALE.legs, past, strict=True))
        done += piece

    assert past == [abs(leg.amount) for leg in SALE.legs]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=8))
def test_her_value_comes_back_with_its_tender_to_the_fen(pieces: list[int]) -> None:
    whole, done, past = sum(pieces), 0, [0] * len(SALE.legs)

    for piece in pieces:
        parts = part_of(SALE, past, done=done, part=piece, whole=whole)
        assert parts[1] == parts[2] == parts[8]
        past = [before + part for before, part in zip(past, parts, strict=True)]
        done += piece
