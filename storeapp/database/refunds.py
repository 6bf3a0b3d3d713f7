"""Refunds' tables: one narrow row each, with its lines and tenders. In full it is the body of its journal entry."""

from __future__ import annotations

import json

from storeapp.database.journal import JournalTable
from storeapp.database.statements.refunds import (
    ADD,
    ADD_LINE,
    ADD_TENDER,
    BACK,
    BY_RECEIPT,
    BY_REQUEST,
    OF_SALE,
    ON,
    TAKE_NUMBER,
)
from storeapp.database.work import Work
from storeapp.domain.refund import Refund, by_kind, from_body


class RefundTable:
    """Implements `till.ports_refunds.Refunds`."""

    def __init__(self, work: Work, entries: JournalTable) -> None:
        self._work = work
        self._journal = entries

    def add(self, refund: Refund, *, request_hash: str = "") -> None:
        place = self._journal.place_for("refund", "refund_id", refund.refund_id)
        self._work.run(
            ADD,
            id=place,
            refund_id=refund.refund_id,
            receipt=refund.receipt,
            # a receipt of another till is known by its number alone
            sale_id=refund.sale_id or refund.sale_receipt,
            request_id=refund.request_id,
            request_hash=request_hash,
            business_date=refund.business_date,
            number_in_day=refund.number_in_day,
            member_id=refund.member_id,
            total_fen=refund.total.fen,
            back_fen=refund.back.fen,
        )
        lines = [
            {
                "refund": place,
                "line": line.line,
                "code": line.code,
                "quantity_milli": line.quantity_milli,
                "net_fen": line.amount.fen,
                "restock": int(line.restock),
            }
            for line in refund.lines
        ]
        self._work.many(ADD_LINE, lines)
        self._work.many(
            ADD_TENDER, [{"refund": place, "kind": kind, "fen": fen} for kind, fen in by_kind(refund.tenders).items()]
        )
        self._work.run(
            TAKE_NUMBER, business_date=refund.business_date, last_number=refund.number_in_day, sales=0, total_fen=0
        )

    def by_receipt(self, number: str) -> Refund | None:
        row = self._work.one(BY_RECEIPT, receipt=number)
        return None if row is None else from_body(json.loads(row[0]))

    def by_request(self, request_id: str) -> tuple[Refund, str] | None:
        row = self._work.one(BY_REQUEST, request_id=request_id)
        return None if row is None else (from_body(json.loads(row[0])), row[1])

    def of_sale(self, sale_id: str) -> tuple[Refund, ...]:
        return tuple(from_body(json.loads(row[0])) for row in self._work.all(OF_SALE, sale_id=sale_id))

    def on(self, business_date: str) -> tuple[Refund, ...]:
        return tuple(from_body(json.loads(row[0])) for row in self._work.all(ON, date=business_date))

    def back(self, sale_id: str) -> tuple[dict[int, int], dict[int, int]]:
        rows = self._work.all(BACK, sale_id=sale_id)
        return {line: milli for line, milli, _ in rows}, {line: fen for line, _, fen in rows}
