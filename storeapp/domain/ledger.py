"""The ledger: points, coupons and takings as double entries that are only ever added to.

A transaction's legs sum to zero in each unit. A balance is a sum of legs, never a number somebody sets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from storeapp.errors import Broken

Unit = Literal["fen", "pts", "coupon", "times"]


@dataclass(eq=False)
class Unbalanced(Broken):
    """Legs of transaction `txn_id` do not sum to zero in `unit`: they are off by `amount`."""

    txn_id: str
    unit: str
    amount: int
    word = "unbalanced"


@dataclass(frozen=True, slots=True)
class Leg:
    """`amount` (fen, points, coupons or times; signed) on `account`."""

    account: str
    unit: Unit
    amount: int


@dataclass(frozen=True, slots=True)
class LotMove:
    """What an entry does to one lot of `account`: takes out (below zero), puts back or opens (above zero).

    `expires_on` is when the lot lapses from now on; None leaves that as it was, or for ever where it is opened.
    `earned_at` is told where a lot is opened with an age of its own.
    """

    account: str
    lot_id: str
    amount: int
    expires_on: str | None = None
    earned_at: str | None = None


@dataclass(frozen=True, slots=True)
class Txn:
    """One entry: its legs stand or fall together. `txn_id` makes a second posting of it a no-op.

    `lots` says which lots its legs move; where it says nothing, what comes in opens a lot and what goes out takes the
    soonest to lapse. A reversal names what it `reverses` and how much of each of its legs, in their order (`parts`).
    """

    txn_id: str
    kind: str
    at: str
    legs: tuple[Leg, ...]
    member_id: str | None = None
    lots: tuple[LotMove, ...] = ()
    reverses: str | None = None
    parts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        sums: defaultdict[str, int] = defaultdict(int)
        for leg in self.legs:
            sums[leg.unit] += leg.amount
        for unit, amount in sums.items():
            if amount:
                raise Unbalanced(self.txn_id, unit, amount)


@dataclass(frozen=True, slots=True)
class Lot:
    """Points or stored value that came at one moment: `amount`, `remaining` of it unspent.

    `lot_id` is the id of the entry that opened it, with `#1`, `#2` … where one entry opened several. `expires_on`
    is the last day it is good on; None is for ever.
    """

    member_id: str
    lot_id: str
    earned_at: str
    amount: int
    remaining: int
    expires_on: str | None = None


def coupon_account(coupon_id: str) -> str:
    """The ledger account that holds 1 while the coupon is out and 0 once it is redeemed or void."""
    return f"coupon:{coupon_id}"


def points_account(member_id: str) -> str:
    """The member's points."""
    return f"pts:{member_id}"


def principal_account(member_id: str) -> str:
    """The member's stored value she paid for, in fen."""
    return f"val.principal:{member_id}"


def bonus_account(member_id: str) -> str:
    """The member's stored value given on top, in fen."""
    return f"val.bonus:{member_id}"


def pending_account(member_id: str) -> str:
    """Points she will have once the time for bringing goods back is over."""
    return f"pts.pending:{member_id}"


def debt_account(member_id: str) -> str:
    """Points she spent and then brought the goods back for; below zero, and settled by what she earns next."""
    return f"debt.pts:{member_id}"


def owed_account(member_id: str) -> str:
    """What she took on account and has not paid, in fen."""
    return f"owed:{member_id}"


def times_account(card_id: str) -> str:
    """Times left on a card."""
    return f"times:{card_id}"


REDEEMED = "points.redeemed"
"""Where points go that paid for goods."""
SPENT = "value.spent"
"""Where stored value goes that paid for goods."""
LENT = "owed.lent"
"""What all members together took on account, below zero."""

VALUE_PREFIXES = (principal_account(""), bonus_account(""))
"""Accounts of stored value."""
LOT_PREFIXES = (points_account(""), *VALUE_PREFIXES, times_account(""))
"""Accounts whose balance lies in lots."""


def has_lots(account: str) -> bool:
    """Whether what lies on `account` lies in lots."""
    return account.startswith(LOT_PREFIXES)


def unit_of(account: str) -> Unit:
    """What lies in the lots of `account`."""
    if account.startswith(points_account("")):
        return "pts"
    return "times" if account.startswith(times_account("")) else "fen"


def tender_account(kind: str, till: str) -> str:
    """What a till took by one kind of tender, in fen; without a till, how such accounts begin."""
    return f"tender.{kind}:{till}"


def times_moves(moves: Sequence[LotMove]) -> tuple[LotMove, ...]:
    """Those that move times of a card: every till has to empty the same lots, for only times paid for are worth money.

    What else lies in lots is taken soonest first at each till.
    """
    return tuple(move for move in moves if move.account.startswith(times_account("")))


def moves_data(moves: Sequence[LotMove]) -> list[dict[str, Any]]:
    """Moves of lots as the journal and the wire carry them."""
    return [{"account": move.account, "lot_id": move.lot_id, "amount": move.amount} for move in moves]


def legs_data(legs: Sequence[Leg]) -> list[dict[str, Any]]:
    """Legs as the journal and the wire carry them."""
    return [{"account": leg.account, "unit": leg.unit, "amount": leg.amount} for leg in legs]
