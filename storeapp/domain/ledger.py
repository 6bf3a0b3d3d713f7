"""The ledger: points, coupons and takings as double entries that are only ever added to.

A transaction's legs sum to zero in each unit. A balance is a sum of legs, never a number somebody sets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from storeapp.errors import Broken

Unit = Literal["fen", "pts", "coupon"]


@dataclass(eq=False)
class Unbalanced(Broken):
    """Legs of transaction `txn_id` do not sum to zero in `unit`: they are off by `amount`."""

    txn_id: str
    unit: str
    amount: int
    word = "unbalanced"


@dataclass(frozen=True, slots=True)
class Leg:
    """`amount` (fen, points or coupons; signed) on `account`."""

    account: str
    unit: Unit
    amount: int


@dataclass(frozen=True, slots=True)
class Txn:
    """One entry: its legs stand or fall together. `txn_id` makes a second posting of it a no-op."""

    txn_id: str
    kind: str
    at: str
    legs: tuple[Leg, ...]
    member_id: str | None = None

    def __post_init__(self) -> None:
        sums: defaultdict[str, int] = defaultdict(int)
        for leg in self.legs:
            sums[leg.unit] += leg.amount
        for unit, amount in sums.items():
            if amount:
                raise Unbalanced(self.txn_id, unit, amount)


@dataclass(frozen=True, slots=True)
class Lot:
    """Points earned at one moment: `amount` of them, `remaining` unspent. `expires_on` None is for ever."""

    member_id: str
    lot_id: str
    earned_at: str
    amount: int
    remaining: int
    expires_on: str | None = None


def points_account(member_id: str) -> str:
    """The member's points."""
    return f"pts:{member_id}"


def principal_account(member_id: str) -> str:
    """The member's stored value she paid for, in fen."""
    return f"val.principal:{member_id}"


def bonus_account(member_id: str) -> str:
    """The member's stored value given on top, in fen."""
    return f"val.bonus:{member_id}"


def tender_account(kind: str, till: str) -> str:
    """What a till took by one kind of tender, in fen."""
    return f"tender.{kind}:{till}"


def legs_data(legs: Sequence[Leg]) -> list[dict[str, Any]]:
    """Legs as the journal and the wire carry them."""
    return [{"account": leg.account, "unit": leg.unit, "amount": leg.amount} for leg in legs]
