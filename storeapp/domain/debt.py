"""Debt: what a member took on account, and what she pays of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from storeapp.domain.ledger import LENT, Leg, Txn, owed_account, tender_account
from storeapp.domain.money import Money
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused

KIND = "settlement"


@dataclass(eq=False)
class NothingOwed(Refused):
    """She owes the shop nothing."""

    word = "nothing_owed"


@dataclass(eq=False)
class OwesLess(Refused):
    """She owes `owed_fen`; `asked_fen` is more, or nothing."""

    owed_fen: int
    asked_fen: int
    word = "owes_less"


@dataclass(frozen=True, slots=True)
class Settlement:
    """`paid` of a member's debt came in by `tender`; `left` is what she owes then. `ref` proves it."""

    txn_id: str
    member_id: str
    paid: Money
    left: Money
    tender: TenderKind
    cashier: str
    till: str
    at: str
    ref: str = ""
    shift_id: str | None = None


def payable(owed: Money, asked: Money | None) -> Money:
    """What is to be paid: all she owes, or the part asked for; raises NothingOwed or OwesLess."""
    if owed.fen <= 0:
        raise NothingOwed
    if asked is None:
        return owed
    if not 0 < asked.fen <= owed.fen:
        raise OwesLess(owed.fen, asked.fen)
    return asked


def entry(done: Settlement) -> Txn:
    """Its entry in the ledger: the money against what the till had let go on account, and off her debt."""
    fen = done.paid.fen
    legs = (
        Leg(tender_account(done.tender, done.till), "fen", fen),
        Leg(tender_account("on_account", done.till), "fen", -fen),
        Leg(owed_account(done.member_id), "fen", -fen),
        Leg(LENT, "fen", fen),
    )
    return Txn(done.txn_id, KIND, done.at, legs, done.member_id)


def said(done: Settlement) -> dict[str, Any]:
    """What the journal and the wire carry beside its entry: how it was paid."""
    return {
        "paid_fen": done.paid.fen,
        "left_fen": done.left.fen,
        "tender": {"kind": done.tender, "ref": done.ref},
        "cashier": done.cashier,
        "shift_id": done.shift_id,
    }
