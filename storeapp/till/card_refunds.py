"""Card refunds: a card is paid back, by the cause that is said, in one transaction; what is left on it is given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storeapp.domain.card import CAUSES, Card, NothingOnCard, back_fen
from storeapp.domain.card_doc import CardCause, CardDoc
from storeapp.domain.staff import Right, checked_code
from storeapp.domain.tender import TenderKind
from storeapp.domain.value_refund import checked_why
from storeapp.till import approvals, cards
from storeapp.till.card_docs import CardDone, moment_of, repeated, written
from storeapp.till.numbering import headed
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.top_ups import check_tender


@dataclass(frozen=True, slots=True)
class CardBackOrder:
    """Which card (by its id), why, and how she gets the money.

    `approvals` are ids the window got by right; a script names its `approver`.
    """

    card_id: str
    cause: CardCause
    reason: str
    tender: TenderKind
    cashier: str
    request_id: str | None = None
    request_hash: str = ""
    approvals: tuple[tuple[Right, str], ...] = ()
    approver: str = ""
    prints: bool = True


def would_get(books: Books, card: Card, *, on: date) -> dict[CardCause, int]:
    """What she would be paid that day, in fen, by each cause."""
    terms = cards.back_terms(books.policy.in_force())
    return {cause: back_fen(card, cause, on=on, terms=terms) for cause in CAUSES}


def rights_needed(order: CardBackOrder, card: Card) -> tuple[Right, ...]:
    """What it takes: another way than she paid is one more."""
    return ("card_refund", "refund_other_tender") if order.tender != card.tender else ("card_refund",)


def asked(order: CardBackOrder, fen: int) -> dict[str, object]:
    """What is approved when somebody else has to say yes."""
    return {"card": order.card_id, "cause": order.cause, "fen": fen, "tender": order.tender}


def pay_back(shop: Shop, order: CardBackOrder, *, clock: Clock, ids: Ids) -> CardDone:
    """Pays her. Raises a Refused and then nothing changed; commits before it returns."""
    checked_code(order.cashier)
    reason = checked_why(order.reason)
    with approvals.noting_misuse(shop, by=order.cashier, clock=clock), shop.writing() as books:
        known = repeated(books, order.request_id, order.request_hash)
        if known is not None:
            return known
        card = cards.card_of(books, order.card_id)
        card.check_here()
        check_not_own(books, card.member_id, order.cashier)
        check_tender(books, order.tender)
        at, day = moment_of(books, clock)
        fen = would_get(books, card, on=day).get(order.cause, 0)
        if fen <= 0 or not card.has_something:
            raise NothingOnCard(card.number, order.cause)
        given = approvals.allow_each(
            books,
            rights_needed(order, card),
            asked(order, fen),
            by=order.cashier,
            given=dict(order.approvals),
            approver=order.approver,
            reason=reason,
            at=at.isoformat(),
            ids=ids,
        )
        number, head = headed(books, at, day, by=order.cashier)
        doc = CardDoc(
            **head,
            doc_id=ids.new(),
            number=number,
            deed="card_refund",
            card_id=card.card_id,
            member_id=card.member_id,
            kind=card.kind,
            money_fen=fen,
            tender=order.tender,
            times=max(card.left, 0),
            worth_fen=max(card.worth_fen, 0),
            since=card.since,
            until=card.until,
            cause=order.cause,
            reason=reason,
            request_id=order.request_id,
            approvals=given,
            training=books.device.is_training,
        )
        return written(books, doc, request_hash=order.request_hash, prints=order.prints, ids=ids)
