"""Member documents: money changes hands for what a member has later, or gets back of it, under a receipt number.

A top-up and a card that is sold are such; so is what is paid back of either. The entry in the ledger bears its id.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from storeapp.domain.ledger import Leg, Unit, legs_data
from storeapp.domain.money import Money
from storeapp.domain.tender import TenderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDoc(ABC):
    """`money_fen` changed hands by `tender`, and `ref` proves it; `reason` says why it went back. It is never negative.

    `number` is the next receipt number of its day, the `number_in_day`-th; `request_id` is the caller's own.
    """

    doc_id: str
    number: str
    number_in_day: int
    store: str
    till: str
    cashier: str
    business_date: str
    at: str
    member_id: str
    money_fen: int
    tender: TenderKind
    ref: str = ""
    reason: str = ""
    request_id: str | None = None
    shift_id: str | None = None
    approvals: tuple[str, ...] = ()
    training: bool = False

    @property
    @abstractmethod
    def comes_in(self) -> bool:
        """Whether she pays, and is not paid."""

    @property
    def money(self) -> Money:
        """What changed hands."""
        return Money(self.money_fen)

    @property
    def signed_fen(self) -> int:
        """What the drawer gains."""
        return self.money_fen if self.comes_in else -self.money_fen


def paired(doc: MemberDoc, pairs: Iterable[tuple[str, str, Unit, int]]) -> tuple[Leg, ...]:
    """Two legs for each pair of accounts (what gains where money comes in, what gives) that moves anything."""
    sign = 1 if doc.comes_in else -1
    rows = []
    for gains, gives, unit, amount in pairs:
        if amount:
            rows += [Leg(gains, unit, sign * amount), Leg(gives, unit, -sign * amount)]
    return tuple(rows)


def as_body(doc: MemberDoc, kind: str, legs: tuple[Leg, ...]) -> dict[str, Any]:
    """The document and its entry, as the journal and the wire carry them; what is no plain value its kind adds."""
    told = {field.name: getattr(doc, field.name) for field in fields(doc)}
    entry = {"txn_id": doc.doc_id, "kind": kind, "legs": legs_data(legs)}
    return told | {"approvals": list(doc.approvals), "ledger": entry}


def told_in(data: Mapping[str, Any], kind: type[MemberDoc]) -> dict[str, Any]:
    """What a body says that a document of this class knows."""
    known = {field.name for field in fields(kind)}
    told = {name: value for name, value in data.items() if name in known}
    return told | {"approvals": tuple(data.get("approvals", ()))}
