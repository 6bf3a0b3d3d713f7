"""A card's document on its way into the books: its number, its entry, what the drawer gains or loses, and its paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from storeapp.domain.card import Card
from storeapp.domain.card_doc import CardDoc, body, entry
from storeapp.till import card_slips, cards, drawer, memberships
from storeapp.till.moments import day_of, local_moment
from storeapp.till.names import current
from storeapp.till.ports import Books, Clock, Ids
from storeapp.till.requests import same_request
from storeapp.till.shift_slip import issue_if_late


@dataclass(frozen=True, slots=True)
class CardDone:
    """The document in the books, and the card as it stands then; `was_repeated` if it had been there before.

    `jobs` is the paper it owes.
    """

    doc: CardDoc
    card: Card
    was_repeated: bool = False
    jobs: tuple[str, ...] = ()


def repeated(books: Books, request_id: str | None, request_hash: str) -> CardDone | None:
    """What this request did before; raises RequestReused if it asked for something else then."""
    doc = None if request_id is None else same_request(books.cards.by_request(request_id), request_hash)
    return None if doc is None else CardDone(doc, cards.card_of(books, doc.card_id), was_repeated=True)


def moment_of(books: Books, clock: Clock) -> tuple[datetime, date]:
    """Now in the shop's zone, and the business day it counts for."""
    at = local_moment(books, clock.now())
    return at, day_of(at, books.policy.in_force())


def written(books: Books, doc: CardDoc, *, request_hash: str, prints: bool, ids: Ids) -> CardDone:
    """The document, its entry, what the drawer gained or lost by it, and the paper owed."""
    books.journal.append(doc.deed, body(doc), at=doc.at)
    books.cards.add(doc, request_hash=request_hash)
    txn = entry(doc)
    if txn.legs:
        books.ledger.post(txn)
    if doc.deed != "card_given":
        drawer.note_doc(books, doc, doc.deed)
    issue_if_late(books, doc, prints=prints, ids=ids)
    if not doc.kind.is_times:
        for member_id in filter(None, (doc.given_by, doc.member_id)):
            memberships.settle(books, current(books, member_id), at=doc.at, on=date.fromisoformat(doc.business_date))
    jobs = card_slips.owe(books, doc, ids=ids) if prints else ()
    return CardDone(doc, cards.card_of(books, doc.card_id), jobs=jobs)
