"""Documents of stored value: a top-up, and what is paid back of it. Each has the next receipt number of its day.

What a member paid (principal) and what was given on top (bonus) never mix. The money and the two balances are three
pairs of legs of one entry, so what is paid back may differ from what she gives up without anything being off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from storeapp.domain.ledger import Leg, LotMove, Txn, bonus_account, principal_account, tender_account
from storeapp.domain.member_doc import MemberDoc, as_body, paired, told_in
from storeapp.domain.money import Money

ValueKind = Literal["topup", "topup_refund"]
Cause = Literal["", "within_days", "customer", "shop"]
TOPPED_UP = "rev.top_ups"
PRINCIPAL_OWED = "liab.principal"
BONUS_COST = "exp.bonus"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueDoc(MemberDoc):
    """`principal_fen` and `bonus_fen` came onto her card, or went off it. None is negative.

    `principal_after` and `bonus_after` are what she holds then. `bonus_until` is the bonus's last day ("" is none).
    `cause` says why value was paid back, `of` which top-ups, if not everything. `monthly_fen` more is promised in each
    of the next `months`.
    """

    kind: ValueKind
    principal_fen: int
    bonus_fen: int
    principal_after: int
    bonus_after: int
    bonus_until: str = ""
    cause: Cause = ""
    of: tuple[str, ...] = ()
    monthly_fen: int = 0
    months: int = 0

    @property
    def is_top_up(self) -> bool:
        return self.kind == "topup"

    @property
    def comes_in(self) -> bool:
        return self.is_top_up

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
    return paired(
        doc,
        (
            (tender_account(doc.tender, doc.till), TOPPED_UP, "fen", doc.money_fen),
            (principal_account(doc.member_id), PRINCIPAL_OWED, "fen", doc.principal_fen),
            (bonus_account(doc.member_id), BONUS_COST, "fen", doc.bonus_fen),
        ),
    )


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
    return as_body(doc, doc.kind, legs(doc)) | {"of": list(doc.of)}


def from_body(data: Mapping[str, Any]) -> ValueDoc:
    """The document `body` wrote."""
    return ValueDoc(**told_in(data, ValueDoc) | {"of": tuple(data.get("of", ()))})
