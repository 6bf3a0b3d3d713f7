"""Documents of cards: one sold, one paid back, one handed on. Each has the next receipt number of its day.

A card is known by the id of the document that sold it, and its accounts bear that id. Money, times and worth are three
pairs of legs of one entry, so what is paid back may differ from what she gives up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from storeapp.domain import card_kind
from storeapp.domain.card_kind import CardKind
from storeapp.domain.ledger import Leg, LotMove, Txn, tender_account, times_account
from storeapp.domain.member_doc import MemberDoc, as_body, paired, told_in

CardDocKind = Literal["card_sold", "card_refund", "card_given"]
CardCause = Literal["", "customer", "shop"]
SOLD_FOR = "rev.cards"
TIMES_SOLD = "times.sold"
WORTH_OWED = "liab.cards"


def worth_account(card_id: str) -> str:
    """What the shop still owes on a card, in fen of what was paid for it."""
    return f"card.worth:{card_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDoc(MemberDoc):
    """`times` (gifts among them) and `worth_fen` came onto the card, or went off it.

    `kind` is the card as it was sold, `until` its last day ("" is for ever), `since` a membership's first day.
    `cause` says why it was paid back; `given_by` who had it before it was handed on. None is negative. One that
    `is_told` was written by another till, and came here by the cloud.
    """

    deed: CardDocKind
    card_id: str
    kind: CardKind
    times: int
    worth_fen: int
    until: str = ""
    since: str = ""
    cause: CardCause = ""
    given_by: str = ""
    is_told: bool = False

    @property
    def is_sold(self) -> bool:
        return self.deed == "card_sold"

    @property
    def comes_in(self) -> bool:
        return self.is_sold


def legs(doc: CardDoc) -> tuple[Leg, ...]:
    """The legs of its entry: three pairs, without those that move nothing."""
    return paired(
        doc,
        (
            (tender_account(doc.tender, doc.till), SOLD_FOR, "fen", doc.money_fen),
            (times_account(doc.card_id), TIMES_SOLD, "times", doc.times),
            (worth_account(doc.card_id), WORTH_OWED, "fen", doc.worth_fen),
        ),
    )


def entry(doc: CardDoc) -> Txn:
    """Its entry in the ledger. What she paid for is good for ever; only times that were given may lapse."""
    return Txn(doc.doc_id, doc.deed, doc.at, legs(doc), doc.member_id, lots=_opened(doc) if doc.is_sold else ())


def _opened(doc: CardDoc) -> tuple[LotMove, ...]:
    account = times_account(doc.card_id)
    paid = LotMove(account, doc.doc_id, doc.kind.times)
    given = LotMove(account, gift_lot(doc.doc_id), doc.kind.gift, doc.until or None)
    return tuple(move for move in (paid, given) if move.amount)


def gift_lot(card_id: str) -> str:
    """The lot of the times that were given on top."""
    return f"{card_id}#1"


def body(doc: CardDoc) -> dict[str, Any]:
    """The document as the journal and the wire carry it."""
    told = as_body(doc, doc.deed, legs(doc)) | {"kind": card_kind.as_data(doc.kind)}
    return {name: value for name, value in told.items() if name != "is_told"}


def from_body(data: Mapping[str, Any], *, is_told: bool = False) -> CardDoc:
    """The document `body` wrote, here or at another till."""
    return CardDoc(**told_in(data, CardDoc) | {"kind": card_kind.from_data(data["kind"]), "is_told": is_told})
