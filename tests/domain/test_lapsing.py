"""When points and gifts end: soonest first, after the days of grace, and what was paid in never."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain import lapsing
from storeapp.domain.lapsing import PrincipalNeverLapses, ending, expiry, lapsed_before, points_until
from storeapp.domain.ledger import Lot, bonus_account, points_account, principal_account
from storeapp.domain.lots import move
from storeapp.domain.policy import Policy

AT, TODAY = "2026-09-28T03:00:00+08:00", date(2026, 9, 28)
POINTS = points_account("m")


def lot(name: str, remaining: int, expires_on: str | None, *, amount: int | None = None) -> Lot:
    return Lot("m", name, "2026-01-01", amount or remaining or 1, remaining, expires_on)


@pytest.mark.parametrize(
    ("values", "until"),
    [
        ({}, ""),
        ({"points.valid_days": 10}, ""),
        ({"points.lapse": "days", "points.valid_days": 10}, "2026-10-08"),
        ({"points.lapse": "year_end"}, "2027-12-31"),
    ],
)
def test_points_are_good_as_long_as_the_owner_says(values: dict[str, object], until: str) -> None:
    assert points_until(TODAY, Policy(values)) == until


def test_a_lot_lapses_when_its_days_and_the_days_of_grace_are_over() -> None:
    before = lapsed_before(TODAY, Policy({"points.grace_days": 7}))
    kept = expiry(POINTS, [lot("a", 5, "2026-09-21")], before=before, at=AT)
    gone = expiry(POINTS, [lot("a", 5, "2026-09-20")], before=before, at=AT)

    assert kept is None
    assert gone is not None
    assert [(leg.account, leg.amount) for leg in gone.legs] == [(POINTS, -5), ("breakage", 5)]


def test_the_same_lots_lapse_under_one_id() -> None:
    lots = [lot("a", 5, "2026-01-01"), lot("b", 7, "2026-02-01"), lot("c", 9, None), lot("d", 0, "2026-01-01")]

    first, again = (expiry(POINTS, some, before="2026-09-01", at=AT) for some in (lots, lots[::-1]))
    fewer = expiry(POINTS, [replace(lots[0], remaining=4)], before="2026-09-01", at=AT)

    assert first is not None
    assert again is not None
    assert fewer is not None
    assert first.txn_id == again.txn_id != fewer.txn_id
    assert [move.lot_id for move in first.lots] == ["a", "b"]


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 12, 31)))),
        max_size=8,
    )
)
def test_exactly_what_is_over_lapses_and_the_rest_stays(rows: list[tuple[int, date | None]]) -> None:
    lots = [lot(f"l{n}", left, None if day is None else day.isoformat()) for n, (left, day) in enumerate(rows)]
    held = sum(each.remaining for each in lots)

    txn = expiry(POINTS, lots, before="2026-07-01", at=AT)

    over = sum(each.remaining for each in lots if each.expires_on and each.expires_on < "2026-07-01")
    assert (0 if txn is None else -txn.legs[0].amount) == over
    if txn is not None:
        after = {each.lot_id: each for each in lots} | {
            each.lot_id: each for each in move(txn, POINTS, lots, balance_before=held).changed
        }
        assert sum(each.remaining for each in after.values()) == held - over
        assert expiry(POINTS, after.values(), before="2026-07-01", at=AT) is None


def principal_is_kept() -> None:
    with pytest.raises(PrincipalNeverLapses):
        expiry(principal_account("m"), [lot("a", 5, "2026-01-01")], before="2026-09-01", at=AT)


def test_what_she_paid_in_never_lapses_whatever_stands_in_its_lot() -> None:
    principal_is_kept()
    gift = expiry(bonus_account("m"), [lot("a", 5, "2026-01-01")], before="2026-09-01", at=AT)

    assert gift is not None
    assert gift.legs[0].unit == "fen"


def test_a_mutant_that_lets_principal_lapse_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lapsing, "principal_account", lambda member_id: f"nobody:{member_id}")

    with pytest.raises(pytest.fail.Exception):
        principal_is_kept()


def test_what_ends_next_is_told_in_time() -> None:
    day = (TODAY + timedelta(days=30)).isoformat()
    lots = [lot("a", 5, day), lot("b", 7, day), lot("c", 9, "2027-01-01"), lot("d", 3, None), lot("e", 2, "2026-09-01")]

    assert ending(lots, TODAY, within=30) == (12, day)
    assert ending(lots, TODAY, within=29) == (0, "")
