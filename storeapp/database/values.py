"""Stored value's table: one narrow row a top-up or a payment back. In full it is the body of its journal entry."""

from __future__ import annotations

import json

from storeapp.database.journal import JournalTable
from storeapp.database.statements.values import (
    ADD,
    BY_ID,
    BY_NUMBER,
    BY_REQUEST,
    MOVED,
    OF_MEMBER,
    ON,
    OWED,
    PROMISED,
    SPENT_BY,
    TAKE_NUMBER,
)  # fmt: skip
from storeapp.database.work import Row, Work
from storeapp.domain.liability import Owed
from storeapp.domain.sale import Sale
from storeapp.domain.sale import from_body as sale_from
from storeapp.domain.value_doc import ValueDoc, from_body

PAST_ANY = "\x7f"
"""Behind whatever may follow in a name."""


class ValueTable:
    """Implements `till.ports_values.Values`."""

    def __init__(self, work: Work, entries: JournalTable) -> None:
        self._work = work
        self._journal = entries

    def add(self, doc: ValueDoc, *, request_hash: str = "") -> None:
        self._work.run(
            ADD,
            id=self._journal.place_for(doc.kind, "doc_id", doc.doc_id),
            doc_id=doc.doc_id,
            number=doc.number,
            kind=doc.kind,
            request_id=doc.request_id,
            request_hash=request_hash,
            business_date=doc.business_date,
            number_in_day=doc.number_in_day,
            member_id=doc.member_id,
            tender=doc.tender,
            money_fen=doc.money_fen,
            principal_fen=doc.principal_fen,
            bonus_fen=doc.bonus_fen,
        )
        self._work.run(
            TAKE_NUMBER, business_date=doc.business_date, last_number=doc.number_in_day, sales=0, total_fen=0
        )

    def by_number(self, number: str) -> ValueDoc | None:
        return _told(self._work.one(BY_NUMBER, number=number))

    def by_id(self, doc_id: str) -> ValueDoc | None:
        return _told(self._work.one(BY_ID, doc_id=doc_id))

    def by_request(self, request_id: str) -> tuple[ValueDoc, str] | None:
        row = self._work.one(BY_REQUEST, request_id=request_id)
        return None if row is None else (from_body(json.loads(row[0])), row[1])

    def of_member(self, member_id: str) -> tuple[ValueDoc, ...]:
        return tuple(from_body(json.loads(row[0])) for row in self._work.all(OF_MEMBER, member_id=member_id))

    def promised(self, *, since: str) -> tuple[ValueDoc, ...]:
        return tuple(from_body(json.loads(row[0])) for row in self._work.all(PROMISED, since=since))

    def spent_by(self, member_id: str) -> tuple[Sale, ...]:
        return tuple(sale_from(json.loads(row[0])) for row in self._work.all(SPENT_BY, member_id=member_id))

    def owed(self, prefix: str, *, until: int) -> Owed:
        row = self._work.one(OWED, prefix=prefix, prefix_end=prefix + PAST_ANY, until=until)
        return Owed() if row is None else Owed(row[0], row[1] or 0)

    def moved(self, prefix: str, *, since: int, until: int) -> dict[str, int]:
        return dict(self._work.all(MOVED, prefix=prefix, prefix_end=prefix + PAST_ANY, since=since, until=until))

    def on(self, business_date: str) -> tuple[ValueDoc, ...]:
        return tuple(from_body(json.loads(row[0])) for row in self._work.all(ON, date=business_date))


def _told(row: Row | None) -> ValueDoc | None:
    return None if row is None else from_body(json.loads(row[0]))
