"""Points: how they are earned, and the ledger that is only ever added to."""

from __future__ import annotations

from storeapp.domain.ledger import Leg, points_account
from storeapp.domain.money import Money


def earned(paid: Money, *, per_yuan: int) -> int:
    """Points for `paid` at `per_yuan` a yuan; a started yuan earns nothing."""
    return max(paid.fen, 0) // 100 * per_yuan


def earning_legs(member_id: str, points: int) -> tuple[Leg, ...]:
    """The legs that give a member `points`; none for none."""
    if points == 0:
        return ()
    return (Leg("exp.points", "pts", -points), Leg(points_account(member_id), "pts", points))
