"""Documents of stored value: a top-up, and what is paid back of it. Each has the next receipt number of its day.

What a member paid (principal) and what was given on top (bonus) never mix. The money and the two balances are three
pairs of legs of one entry, so what is paid back may differ from what she gives up without anything being off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from storeapp.domain.ledger import Leg, LotMove, Txn, bonus_account, legs_data, principal_account, tender_account
from storeapp.domain.money import Money
from storeapp.domain.tender import TenderKind

ValueKind = Literal["topup", "topup_refund"]
Cause = Literal["", "within_days", "customer", "shop"]
TOPPED_UP = "rev.top_ups"
PRINCIPAL_OWED = "liab.principal"
BONUS_COST = "exp.bonus"


@dataclass(frozen=True, slots=True)
class ValueDoc:
    """`money_fen` changed hands; `principal_fen` and `bonus_fen` came onto her card, or went off it. None is negative.

    `principal_after` and `bonus_after` are what she holds then. `bonus_until` is the bonus's last day ("" is none).
    `cause` and `reason` say why value was paid back, `of` which top-ups, if not everything. `monthly_fen` more is
    promised in each of the next `months`.
    """

    doc_id: str
    number: str
    number_in_day: int
    kind: ValueKind
    store: str
    till: str
    cashier: str
    business_date: str
    at: str
    member_id: str
    money_fen: int
    tender: TenderKind
    principal_fen: int
    bonus_fen: int
    principal_after: int
    bonus_after: int
    ref: str = ""
    bonus_until: str = ""
    cause: Cause = ""
    reason: str = ""
    of: tuple[str, ...] = ()
    request_id: str | None = None
    shift_id: str | None = None
    approvals: tuple[str, ...] = ()
    training: bool = False
    monthly_fen: int = 0
    months: int = 0

    @property
    def is_top_up(self) -> bool:
        return self.kind == "topup"

    @property
    def money(self) -> Money:
        """What changed hands."""
        return Money(self.money_fen)

    @property
    def signed_fen(self) -> int:
        """What the drawer gains."""
        return self.money_fen if self.is_top_up else -self.money_fen

    @property
    def before(self) -> Money:
        """All she held before it."""
        moved = self.principal_fen + self.bonus_fen
        return Money(self.principal_after + self.bonus_after - (moved if self.is_top_up else -moved))

    @property
    def after(self) -> Money:
        """All she holds now."""
        return Money(self.principal_after + self.bonus_after)


def legs(doc: ValueDoc) -> tuple[Leg, ...]:
    """The legs of its entry: three pairs, without those that move nothing."""
    sign = 1 if doc.is_top_up else -1
    pairs = (
        (tender_account(doc.tender, doc.till), TOPPED_UP, doc.money_fen),
        (principal_account(doc.member_id), PRINCIPAL_OWED, doc.principal_fen),
        (bonus_account(doc.member_id), BONUS_COST, doc.bonus_fen),
    )
    rows = []
    for gains, gives, fen in pairs:
        if fen:
            rows += [Leg(gains, "fen", sign * fen), Leg(gives, "fen", -sign * fen)]
    return tuple(rows)


def entry(doc: ValueDoc, moves: tuple[LotMove, ...] = ()) -> Txn:
    """Its entry in the ledger; `moves` are the lots something is paid back of."""
    return Txn(doc.doc_id, doc.kind, doc.at, legs(doc), doc.member_id, lots=_opened(doc) if doc.is_top_up else moves)


def _opened(doc: ValueDoc) -> tuple[LotMove, ...]:
    """What she paid for is good for ever; only the gift may lapse."""
    principal = LotMove(principal_account(doc.member_id), doc.doc_id, doc.principal_fen)
    bonus = LotMove(bonus_account(doc.member_id), doc.doc_id, doc.bonus_fen, doc.bonus_until or None)
    return tuple(move for move in (principal, bonus) if move.amount)


def body(doc: ValueDoc) -> dict[str, Any]:
    """The document as the journal and the wire carry it."""
    told = {field.name: getattr(doc, field.name) for field in fields(doc)}
    told |= {"of": list(doc.of), "approvals": list(doc.approvals)}
    return told | {"ledger": {"txn_id": doc.doc_id, "kind": doc.kind, "legs": legs_data(legs(doc))}}


def from_body(data: Mapping[str, Any]) -> ValueDoc:
    """The document `body` wrote."""
    known = {field.name for field in fields(ValueDoc)}
    told = {name: value for name, value in data.items() if name in known}
    return ValueDoc(**told | {"of": tuple(data.get("of", ())), "approvals": tuple(data.get("approvals", ()))})
