"""Merge: two members are one person. What the one held becomes the other's, lot by lot, in entries that balance.

A merge is never undone: afterwards nobody could say whose the points were that were spent since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

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
from storeapp.domain.member import Consent, Purpose, agrees
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


def who_stays(said: Iterable[tuple[str, str]], joined: Mapping[str, str]) -> str:
    """Who stands for all of them, whatever order the words `(gone, kept)` were heard in.

    Usually that is whom every word leads to. Where words contradict each other it is, of those who are left, whoever
    `joined` first; of two who joined at one moment the lower id.
    """
    leads: dict[str, set[str]] = {name: set() for name in joined}
    for gone, kept in said:
        leads[gone].add(kept)
    after = {name: _after(name, leads) for name in leads}
    # nobody lies behind them, or only who leads back to them
    left = [name for name, led in after.items() if all(name in after[other] for other in led)]
    return min(left, key=lambda name: (datetime.fromisoformat(joined[name]), name))


def _after(name: str, leads: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    new = set(leads[name])
    while new:
        found |= new
        new = {further for one in new for further in leads[one]} - found
    return found


def narrower(hers: Sequence[Consent], others: Sequence[Consent], *, at: str) -> tuple[Consent, ...]:
    """The no she says from now on for what she refused under one name and agreed to, later, under the other."""
    found = []
    purposes: tuple[Purpose, ...] = ("membership", "marketing")
    for purpose in purposes:
        said = [[one for one in each if one.purpose == purpose] for each in (hers, others)]
        if all(said) and agrees([*said[0], *said[1]], purpose) and not all(agrees(one, purpose) for one in said):
            refusing = next(one for one in said if not agrees(one, purpose))
            found.append(replace(refusing[-1], given=False, at=at))
    return tuple(found)
