"""The cards' tables: a narrow row for each that was sold, paid back or handed on; in full it is its journal entry."""

from __future__ import annotations

import json

from storeapp.database.journal import JournalTable
from storeapp.database.statements.cards import (
    ADD,
    BY_NUMBER,
    BY_REQUEST,
    EVERY,
    OF_CARD,
    OF_MEMBER,
    ON,
    TAKE_NUMBER,
    TELL,
    TOLD_BY_NUMBER,
    TOLD_EVERY,
    TOLD_OF_CARD,
    TOLD_OF_MEMBER,
)
from storeapp.database.work import Row, Sql, Work
from storeapp.domain.card_doc import CardDoc, body, from_body


class CardTable:
    """Implements `till.ports_cards.Cards`."""

    def __init__(self, work: Work, entries: JournalTable) -> None:
        self._work = work
        self._journal = entries

    def add(self, doc: CardDoc, *, request_hash: str = "") -> None:
        self._work.run(
            ADD,
            id=self._journal.place_for(doc.deed, "doc_id", doc.doc_id),
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

    def tell(self, doc: CardDoc) -> None:
        self._work.run(
            TELL,
            id=None,
            doc_id=doc.doc_id,
            number=doc.number,
            member_id=doc.member_id,
            card_id=doc.card_id,
            is_ours=not doc.is_told,
            body=json.dumps(body(doc), ensure_ascii=False),
        )

    def by_number(self, number: str) -> CardDoc | None:
        row = self._work.one(BY_NUMBER, number=number)
        if row is not None:
            return _own(row)
        told = self._work.one(TOLD_BY_NUMBER, number=number)
        return None if told is None else _told(told)

    def by_request(self, request_id: str) -> tuple[CardDoc, str] | None:
        row = self._work.one(BY_REQUEST, request_id=request_id)
        return None if row is None else (_own(row), row[1])

    def of_card(self, card_id: str) -> tuple[CardDoc, ...]:
        return self._both(OF_CARD, TOLD_OF_CARD, card_id=card_id)

    def of_member(self, member_id: str) -> tuple[CardDoc, ...]:
        return self._both(OF_MEMBER, TOLD_OF_MEMBER, member_id=member_id)

    def on(self, business_date: str) -> tuple[CardDoc, ...]:
        return tuple(map(_own, self._work.all(ON, date=business_date)))

    def every(self) -> tuple[CardDoc, ...]:
        return self._both(EVERY, TOLD_EVERY)

    def _both(self, own: Sql, told: Sql, **asked: str) -> tuple[CardDoc, ...]:
        """Those it was told of come first: so begins a card sold by a machine that stood here before."""
        heard = map(_told, self._work.all(told, **asked))
        written = map(_own, self._work.all(own, **asked))
        return (*heard, *written)


def _own(row: Row) -> CardDoc:
    return from_body(json.loads(row[0]))


def _told(row: Row) -> CardDoc:
    told, is_ours = row
    return from_body(json.loads(told), is_told=not is_ours)
