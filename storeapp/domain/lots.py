"""Lots: which earned points a spend uses up. The soonest to lapse go first, then the oldest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from storeapp.domain.ledger import Lot


def in_spending_order(lots: Iterable[Lot]) -> tuple[Lot, ...]:
    """`lots` as they are used up; those that never lapse last."""
    return tuple(
        sorted(lots, key=lambda lot: (lot.expires_on is None, lot.expires_on or "", lot.earned_at, lot.lot_id))
    )


def opened(lot: Lot, *, balance_before: int) -> Lot:
    """A new lot on top of `balance_before`: what she owed is taken from it first."""
    owed = max(-balance_before, 0)
    return replace(lot, remaining=max(lot.amount - owed, 0))


def spent(lots: Iterable[Lot], points: int) -> tuple[Lot, ...]:
    """The lots that change when `points` are spent, as they are afterwards. A shortfall is the balance's to show."""
    changed = []
    for lot in in_spending_order(lots):
        if points <= 0:
            break
        used = min(lot.remaining, points)
        if used:
            changed.append(replace(lot, remaining=lot.remaining - used))
            points -= used
    return tuple(changed)
