"""Merge: two members are one person. What the one held becomes the other's, lot by lot, in entries that balance.

A merge is never undone: afterwards nobody could say whose the points were that were spent since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storeapp.domain.ledger import (
    Leg,
    Lot,
    LotMove,
    Txn,
    Unit,
    bonus_account,
    debt_account,
    owed_account,
    pending_account,
    points_account,
    principal_account,
)
from storeapp.errors import Refused

KIND = "merge"


@dataclass(eq=False)
class SameMember(Refused):
    """Both are the same member already."""

    member_id: str
    word = "same_member"


@dataclass(eq=False)
class MemberMerged(Refused):
    """This member was merged before: it is `kept` who stands for her."""

    kept: str
    word = "member_merged"


@dataclass(frozen=True, slots=True)
class Held:
    """What lies on one account of a member who is gone, with its lots."""

    balance: int
    lots: tuple[Lot, ...] = ()


def accounts(member_id: str) -> dict[str, Unit]:
    """All accounts a member has."""
    return {
        points_account(member_id): "pts",
        pending_account(member_id): "pts",
        debt_account(member_id): "pts",
        principal_account(member_id): "fen",
        bonus_account(member_id): "fen",
        owed_account(member_id): "fen",
    }


def entry(
    gone: str, kept: str, held: Mapping[str, Held], *, has_points: int, owes_points: int, txn_id: str, at: str
) -> Txn | None:
    """The entry that moves all that is `held` by account of `gone` to `kept`; None where there is nothing.

    Lots keep their day and their age. `kept` has so many points and owes so many (not below zero): what is owed is
    paid at once from what there is, as it would be from what is earned.
    """
    legs: list[Leg] = []
    moves: list[LotMove] = []
    for (name, unit), other in zip(accounts(gone).items(), accounts(kept), strict=True):
        holding = held.get(name, Held(0))
        if holding.balance:
            legs += [Leg(name, unit, -holding.balance), Leg(other, unit, holding.balance)]
            moves += _moved(name, other, holding.lots, txn_id)
    if not legs:
        return None
    points = has_points + held.get(points_account(gone), Held(0)).balance
    owed = owes_points - held.get(debt_account(gone), Held(0)).balance
    paid = max(min(points, owed), 0)
    if paid:
        legs += [Leg(points_account(kept), "pts", -paid), Leg(debt_account(kept), "pts", paid)]
    return Txn(txn_id, KIND, at, tuple(legs), kept, lots=tuple(moves))


def _moved(name: str, other: str, lots: Sequence[Lot], txn_id: str) -> list[LotMove]:
    """What is left of each lot goes out of the one account and opens a lot of the other; the first names come first."""
    left = sorted((lot for lot in lots if lot.remaining), key=lambda lot: lot.lot_id)
    found = []
    for n, lot in enumerate(left):
        opened = f"{txn_id}#{n}" if n else txn_id
        found.append(LotMove(name, lot.lot_id, -lot.remaining))
        found.append(LotMove(other, opened, lot.remaining, lot.expires_on, lot.earned_at))
    return found
