"""Card sales: a member buys a card, or hands hers on, in one transaction with its lots, the drawer and its paper.

What is paid is owed until it is used: it is no turnover, earns no points, and stands in the shift beside the top-ups.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from storeapp.domain.business_day import months_on
from storeapp.domain.card import Card, CardEnded, CardNotHandedOn, CardsOff
from storeapp.domain.card_doc import CardDoc
from storeapp.domain.card_kind import CardKind, kind_of
from storeapp.domain.member import UnknownMember
from storeapp.domain.merge import SameMember
from storeapp.domain.staff import Right, checked_code
from storeapp.domain.tender import TenderKind
from storeapp.till import approvals, cards
from storeapp.till.card_docs import CardDone, moment_of, repeated, written
from storeapp.till.names import current
from storeapp.till.numbering import headed
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.top_ups import check_tender

SELL: Right = "sell_card"
HAND_ON: Right = "card_refund"


@dataclass(frozen=True, slots=True)
class CardOrder:
    """Who buys a card of which kind, and with what. `ref` names the card slip or trade number that proves it.

    `approval_id` is what the window got; a script names its `approver` instead, and why. `prints` False owes no paper.
    """

    member_id: str
    kind: str
    tender: TenderKind
    cashier: str
    ref: str = ""
    request_id: str | None = None
    request_hash: str = ""
    approval_id: str | None = None
    approver: str = ""
    approval_reason: str = ""
    prints: bool = True


@dataclass(frozen=True, slots=True)
class GiveOrder:
    """Which card (by its id) goes on to whom, and why."""

    card_id: str
    to_member: str
    reason: str
    cashier: str
    request_id: str | None = None
    request_hash: str = ""
    approval_id: str | None = None
    approver: str = ""
    prints: bool = True


def on_sale(books: Books) -> tuple[CardKind, ...]:
    """The kinds a member may buy now; raises CardsOff."""
    policy = books.policy.in_force()
    if not policy.get("cards.enabled"):
        raise CardsOff
    return tuple(kind for kind in cards.kinds_of(policy) if not kind.is_ended)


def sell(shop: Shop, order: CardOrder, *, clock: Clock, ids: Ids) -> CardDone:
    """Takes the money. Raises a Refused and then nothing changed; commits before it returns."""
    checked_code(order.cashier)
    with approvals.noting_misuse(shop, by=order.cashier, clock=clock), shop.writing() as books:
        known = repeated(books, order.request_id, order.request_hash)
        if known is not None:
            return known
        kind = kind_of(on_sale(books), order.kind)
        if books.members.by_id(order.member_id) is None:
            raise UnknownMember
        check_not_own(books, order.member_id, order.cashier)
        check_tender(books, order.tender)
        at, day = moment_of(books, clock)
        given = _allowed(books, SELL, asked(order, kind), order, order.approval_reason, at=at, ids=ids)
        first, last = _days(books, order.member_id, kind, day)
        doc_id, (number, head) = ids.new(), headed(books, at, day, by=order.cashier)
        doc = CardDoc(
            **head,
            doc_id=doc_id,
            number=number,
            deed="card_sold",
            card_id=doc_id,
            member_id=order.member_id,
            kind=kind,
            money_fen=kind.price.fen,
            tender=order.tender,
            times=kind.whole,
            worth_fen=kind.price.fen,
            since=first,
            until=last,
            ref=order.ref.strip(),
            request_id=order.request_id,
            approvals=given,
            training=books.device.is_training,
        )
        return written(books, doc, request_hash=order.request_hash, prints=order.prints, ids=ids)


def give(shop: Shop, order: GiveOrder, *, clock: Clock, ids: Ids) -> CardDone:
    """Hands a card on to another member. Raises a Refused and then nothing changed."""
    checked_code(order.cashier)
    with approvals.noting_misuse(shop, by=order.cashier, clock=clock), shop.writing() as books:
        known = repeated(books, order.request_id, order.request_hash)
        if known is not None:
            return known
        card = cards.card_of(books, order.card_id)
        check_taker(books, card, order.to_member, by=order.cashier)
        at, day = moment_of(books, clock)
        check_handed_on(books, card, on=day)
        given = _allowed(books, HAND_ON, handing(order), order, order.reason, at=at, ids=ids)
        number, head = headed(books, at, day, by=order.cashier)
        doc = CardDoc(
            **head,
            doc_id=ids.new(),
            number=number,
            deed="card_given",
            card_id=card.card_id,
            member_id=order.to_member,
            kind=card.kind,
            money_fen=0,
            tender=card.tender,
            times=0,
            worth_fen=0,
            since=card.since,
            until=card.until,
            given_by=card.member_id,
            reason=order.reason.strip()[:100],
            request_id=order.request_id,
            approvals=given,
            training=books.device.is_training,
        )
        return written(books, doc, request_hash=order.request_hash, prints=order.prints, ids=ids)


def check_handed_on(books: Books, card: Card, *, on: date) -> None:
    """Raises CardElsewhere, CardEnded or CardNotHandedOn for a card that stays where it is on that day."""
    card.check_here()
    state = card.state(on, grace=books.policy.in_force().whole("cards.grace_days"))
    if state != "open":
        raise CardEnded(card.number, state)
    if not card.kind.may_be_handed_on:
        raise CardNotHandedOn(card.number)


def check_taker(books: Books, card: Card, to_member: str, *, by: str) -> None:
    """Raises UnknownMember, SameMember or OwnMember for who cannot get it from `by`'s hands."""
    if books.members.by_id(to_member) is None:
        raise UnknownMember
    if to_member == current(books, card.member_id):
        raise SameMember(to_member)
    for member_id in (card.member_id, to_member):
        check_not_own(books, member_id, by)


def handing(order: GiveOrder) -> dict[str, object]:
    """What is approved when somebody else has to say yes to a card that goes on."""
    return {"card": order.card_id, "to": order.to_member}


def asked(order: CardOrder, kind: CardKind) -> dict[str, object]:
    """What is approved when somebody else has to say yes."""
    return {"member": order.member_id, "card": kind.code, "fen": kind.price.fen, "tender": order.tender}


def _days(books: Books, member_id: str, kind: CardKind, day: date) -> tuple[str, str]:
    """The first day of a membership and the last of any card; one more of her tier begins where hers ends."""
    if kind.is_times:
        return "", (day + timedelta(days=kind.days)).isoformat() if kind.days else ""
    hers = cards.open_cards(books, member_id, on=day)
    ends = [date.fromisoformat(card.until) for card in hers if card.kind.tier == kind.tier]
    first = max(ends) + timedelta(days=1) if ends else day
    return first.isoformat(), (months_on(first, kind.months) - timedelta(days=1)).isoformat()


def _allowed(
    books: Books,
    right: Right,
    payload: Mapping[str, Any],
    order: CardOrder | GiveOrder,
    reason: str,
    *,
    at: datetime,
    ids: Ids,
) -> tuple[str, ...]:
    return approvals.allow_each(
        books,
        (right,),
        payload,
        by=order.cashier,
        given={} if order.approval_id is None else {right: order.approval_id},
        approver=order.approver,
        reason=reason,
        at=at.isoformat(),
        ids=ids,
    )
