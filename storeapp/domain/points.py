"""Points: how they are earned, and the ledger that is only ever added to."""

from __future__ import annotations

from uuid import UUID, uuid5

from storeapp.domain.ledger import Leg, points_account

MATURED = "matured"
"""The kind of entry that makes points that waited hers."""
GIVEN = "exp.points"
"""Where points come from that a sale earns."""
_MATURED = UUID("5d0c5f5e-6f1b-5d3c-9b57-2f0a2f6f0a01")


def earning_legs(member_id: str, points: int) -> tuple[Leg, ...]:
    """The legs that give a member `points`; none for none."""
    if points == 0:
        return ()
    return (Leg(GIVEN, "pts", -points), Leg(points_account(member_id), "pts", points))


def matured_id(txn_id: str) -> str:
    """The entry that makes the pending points of entry `txn_id` hers."""
    return str(uuid5(_MATURED, txn_id))
