"""A card's document on its way into the books: its number, its entry, what the drawer gains or loses, and its paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storeapp.domain.business_day import receipt_number
from storeapp.domain.card import Card
from storeapp.domain.card_doc import CardDoc, body, entry
from storeapp.domain.sale import RequestReused
from storeapp.till import card_slips, cards, drawer, memberships, shift_reports
from storeapp.till.moments import day_of, local_moment
from storeapp.till.ports import Books, Clock, Ids
from storeapp.till.shift_slip import owe_z


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
    found = None if request_id is None else books.cards.by_request(request_id)
    if found is None:
        return None
    doc, known_hash = found
    if known_hash != request_hash:
        raise RequestReused(request_id or "", doc.number)
    return CardDone(doc, cards.card_of(books, doc.card_id), was_repeated=True)


def moment_of(books: Books, clock: Clock) -> tuple[datetime, date]:
    """Now in the shop's zone, and the business day it counts for."""
    at = local_moment(books, clock.now())
    return at, day_of(at, books.policy.in_force())


def begun(books: Books, *, at: datetime, day: date, by: str, ids: Ids) -> dict[str, Any]:
    """What every document says of itself, with the next number of its day."""
    device = books.device
    number = books.sales.next_in_day(day.isoformat())
    return {
        "doc_id": ids.new(),
        "number": receipt_number(device.store, device.till, day, number),
        "number_in_day": number,
        "store": device.store,
        "till": device.till,
        "cashier": by,
        "business_date": day.isoformat(),
        "at": at.isoformat(),
        "shift_id": drawer.shift_at(books, at.isoformat()),
        "training": device.is_training,
    }


def written(books: Books, doc: CardDoc, *, request_hash: str, prints: bool, ids: Ids) -> CardDone:
    """The document, its entry, what the drawer gained or lost by it, and the paper owed."""
    books.journal.append(doc.deed, body(doc), at=doc.at)
    books.cards.add(doc, request_hash=request_hash)
    txn = entry(doc)
    if txn.legs:
        books.ledger.post(txn)
    if doc.deed != "card_given":
        drawer.note(
            books,
            doc=doc.deed,
            doc_id=doc.doc_id,
            tender=doc.tender,
            fen=doc.signed_fen,
            at=doc.at,
            shift_id=doc.shift_id,
        )
    late = shift_reports.supplement_if_late(books, doc)
    if late is not None and prints:
        owe_z(books, late, at=doc.at, ids=ids)
    if not doc.kind.is_times:
        for member_id in filter(None, (doc.given_by, doc.member_id)):
            now = books.members.merged_into(member_id) or member_id
            memberships.settle(books, now, at=doc.at, on=date.fromisoformat(doc.business_date))
    jobs = card_slips.owe(books, doc, ids=ids) if prints else ()
    return CardDone(doc, cards.card_of(books, doc.card_id), jobs=jobs)
