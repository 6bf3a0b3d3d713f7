"""Unclear payments: how old each is, what is known, and what may be decided about it.

What is being asked about at this very moment is not on the list: its own payment tells of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from storeapp.domain.money import Money
from storeapp.domain.tender import TenderKind
from storeapp.till.ports import Books
from storeapp.till.records import Attempt
from storeapp.words import N_

UNDER_WAY = timedelta(minutes=3)
"""A question younger than this is still being asked by whoever asked it."""

# open: asked and never answered; suspense: not even reversing was answered; late: paid when nobody waited any more;
# unused: paid, and no sale counts it; refund: nobody knows whether it went back; owed: the company did not give it back
Case = Literal["open", "suspense", "late", "unused", "refund", "owed"]
Deed = Literal["accept", "other_means", "give_back", "in_cash"]


@dataclass(frozen=True, slots=True)
class Unclear:
    """One payment on the list. `decided` is who let its sale go on without it; `deeds` may be done about it now."""

    trade_number: str
    case: Case
    kind: TenderKind
    amount: Money
    at: str
    age: timedelta
    reason: str = ""
    by: str = ""
    decided: str = ""
    deeds: tuple[Deed, ...] = ()


CASES: Mapping[Case, str] = {
    "open": N_("no answer yet"),
    "suspense": N_("result unknown"),
    "late": N_("paid too late"),
    "unused": N_("paid, but no sale"),
    "refund": N_("on its way back"),
    "owed": N_("not given back"),
}
DEEDS: Mapping[Case, tuple[Deed, ...]] = {
    "suspense": ("other_means",),
    "late": ("accept", "give_back"),
    "unused": ("give_back",),
    "owed": ("give_back", "in_cash"),
}


def listed(books: Books, now: datetime) -> tuple[Unclear, ...]:
    """Everything unclear, oldest first."""
    found = [
        *(_item("open" if one.kind == "take" else "refund", one, now) for one in books.attempts.open()),
        *(_item("late" if one.state == "paid_late" else "suspense", one, now) for one in books.attempts.unsettled()),
        *(_item("unused", one, now) for one in books.attempts.unused()),
        *(_item("owed", one, now) for one in books.attempts.owed_back()),
    ]
    young = ("open", "refund", "unused")
    return tuple(
        sorted(
            (item for item in found if item.case not in young or item.age >= UNDER_WAY),
            key=lambda item: (item.at, item.trade_number),
        )
    )


def _item(case: Case, attempt: Attempt, now: datetime) -> Unclear:
    deeds = DEEDS.get(case, ())
    if case == "suspense" and attempt.approver:
        deeds = ()
    return Unclear(
        attempt.trade_number,
        case,
        attempt.tender,
        Money(attempt.fen),
        attempt.at,
        max(timedelta(0), now - datetime.fromisoformat(attempt.at)),
        attempt.reason,
        attempt.by,
        attempt.approver,
        deeds,
    )
