"""The cards' table: one narrow row a card sold, paid back or handed on. In full it is the body of its journal entry."""

from __future__ import annotations

import json

from storeapp.database.journal import JournalTable, place_of
from storeapp.database.statements.cards import ADD, BY_NUMBER, BY_REQUEST, EVERY, OF_CARD, OF_MEMBER, TAKE_NUMBER
from storeapp.database.work import Row, Work
from storeapp.domain.card_doc import CardDoc, from_body
from storeapp.errors import Broken


class CardNotJournaled(Broken):
    """A card's document came to the books before its entry stood in the journal."""

    word = "card_not_journaled"


class CardTable:
    """Implements `till.ports_cards.Cards`."""

    def __init__(self, work: Work, entries: JournalTable) -> None:
        self._work = work
        self._journal = entries

    def add(self, doc: CardDoc, *, request_hash: str = "") -> None:
        entry = self._journal.newest
        if entry is None or entry.type != doc.deed or doc.doc_id.encode() not in entry.body:
            raise CardNotJournaled
        self._work.run(
            ADD,
            id=place_of(entry.epoch, entry.seq),
            doc_id=doc.doc_id,
            number=doc.number,
            deed=doc.deed,
            request_id=doc.request_id,
            request_hash=request_hash,
            business_date=doc.business_date,
            number_in_day=doc.number_in_day,
            member_id=doc.member_id,
            card_id=doc.card_id,
            tender=doc.tender,
            money_fen=doc.money_fen,
            times=doc.times,
            worth_fen=doc.worth_fen,
        )
        self._work.run(
            TAKE_NUMBER, business_date=doc.business_date, last_number=doc.number_in_day, sales=0, total_fen=0
        )

    def by_number(self, number: str) -> CardDoc | None:
        row = self._work.one(BY_NUMBER, number=number)
        return None if row is None else _told(row)

    def by_request(self, request_id: str) -> tuple[CardDoc, str] | None:
        row = self._work.one(BY_REQUEST, request_id=request_id)
        return None if row is None else (_told(row), row[1])

    def of_card(self, card_id: str) -> tuple[CardDoc, ...]:
        return tuple(map(_told, self._work.all(OF_CARD, card_id=card_id)))

    def of_member(self, member_id: str) -> tuple[CardDoc, ...]:
        return tuple(map(_told, self._work.all(OF_MEMBER, member_id=member_id)))

    def every(self) -> tuple[CardDoc, ...]:
        return tuple(map(_told, self._work.all(EVERY)))


def _told(row: Row) -> CardDoc:
    return from_body(json.loads(row[0]))
