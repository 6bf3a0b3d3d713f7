"""Sales: one narrow row each, with its lines and tenders. What was sold in full is the body of its journal entry.

Imported history was never journaled here and keeps its bodies in a table of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any

from storeapp.database.journal import JournalTable
from storeapp.database.statements.sales import (
    ADD,
    ADD_LINE,
    ADD_PAST,
    ADD_PAST_LINE,
    ADD_TENDER,
    BY_RECEIPT,
    BY_REDEEM_CODE,
    BY_REQUEST,
    BY_TOKEN,
    COPIES,
    COUNT_COPY,
    COUNT_IN,
    COUNT_IN_PAST,
    DAY,
    EVERY,
    EVERY_PAST,
    FLOOR,
    HAS_BOUGHT,
    HAS_BOUGHT_BEFORE,
    LAST_NUMBER,
    LAST_TOKEN_SEQ,
    OF_MEMBER,
    ON,
    PAST_BY_RECEIPT,
    PAST_BY_REQUEST,
    PAST_OF_MEMBER,
    PAST_ON,
    PAST_SINCE,
    RAISE_FLOOR,
    RECENT,
    SINCE,
    SOLD_IN_ALL,
)
from storeapp.database.work import Row, Sql, Work
from storeapp.domain.journal import canonical
from storeapp.domain.sale import Sale, body, from_body

TOKENS_SKIPPED = 1_000_000
NUMBERS_SKIPPED = 5_000
"""How far a restored file jumps ahead of the last numbers it knows."""


class SaleTable:
    """Implements `till.ports.Sales`."""

    def __init__(self, work: Work, entries: JournalTable) -> None:
        self._work = work
        self._journal = entries

    @cached_property
    def _floor(self) -> Row:
        return self._work.one(FLOOR) or (0, 0, "")

    def next_in_day(self, business_date: str) -> int:
        last = self._work.count(LAST_NUMBER, date=business_date)
        _, floor, until_date = self._floor
        return (max(last, floor) if business_date <= until_date else last) + 1

    def next_token_seq(self) -> int:
        return max(self._work.count(LAST_TOKEN_SEQ), int(self._floor[0])) + 1

    def skip_numbers(self, lives: int, *, until_date: str) -> None:
        skipped = {"tokens": TOKENS_SKIPPED * lives, "numbers": NUMBERS_SKIPPED * lives}
        self._work.run(RAISE_FLOOR, **skipped, first_token=0, first_number=0, until=until_date)
        # it is read once and kept
        self.__dict__.pop("_floor", None)

    def add(self, sale: Sale, *, request_hash: str = "", imported: bool = False) -> None:
        if imported:
            self._add_past(sale, request_hash)
            return
        place, total = self._journal.place_for("sale", "sale_id", sale.sale_id), sale.total.fen
        self._work.run(
            ADD,
            id=place,
            sale_id=sale.sale_id,
            receipt=sale.receipt,
            token=sale.token,
            redeem_code=sale.redeem_code,
            request_id=sale.request_id,
            request_hash=request_hash,
            business_date=sale.business_date,
            number_in_day=sale.number_in_day,
            token_seq=sale.token_seq,
            at=sale.at,
            cashier=sale.cashier,
            member_id=sale.member_id,
            total_fen=total,
            due_fen=total + sale.rounding.fen,
        )
        self._work.many(ADD_LINE, [_line_row(place, line) for line in sale.lines])
        tenders = [
            {"sale": place, "n": n, "kind": paid.kind, "fen": paid.amount.fen}
            for n, paid in enumerate(sale.tenders, start=1)
        ]
        self._work.many(ADD_TENDER, tenders)
        self._count_in(COUNT_IN, sale.business_date, sale.number_in_day, total)

    def _add_past(self, sale: Sale, request_hash: str) -> None:
        row = self._work.one(
            ADD_PAST,
            id=None,
            receipt=sale.receipt,
            request_id=sale.request_id,
            request_hash=request_hash,
            business_date=sale.business_date,
            at_us=round(datetime.fromisoformat(sale.at).timestamp() * 1_000_000),
            total_fen=sale.total.fen,
            body=canonical(body(sale)),
            member_id=sale.member_id,
        )
        assert row is not None
        lines = [
            {
                "sale": row[0],
                "n": line.number,
                "code": line.code,
                "quantity_milli": line.quantity_milli,
                "net_fen": line.net.fen,
            }
            for line in sale.lines
        ]
        self._work.many(ADD_PAST_LINE, lines)
        self._count_in(COUNT_IN_PAST, sale.business_date, 0, sale.total.fen)

    def _count_in(self, how: Sql, date: str, number_in_day: int, total_fen: int) -> None:
        self._work.run(how, business_date=date, last_number=number_in_day, sales=1, total_fen=total_fen)

    def by_receipt(self, number: str) -> Sale | None:
        return _sale(self._work.one(BY_RECEIPT, receipt=number) or self._work.one(PAST_BY_RECEIPT, receipt=number))

    def by_token(self, token: str) -> Sale | None:
        return _sale(self._work.one(BY_TOKEN, token=token))

    def by_redeem_code(self, code: str) -> Sale | None:
        return _sale(self._work.one(BY_REDEEM_CODE, code=code))

    def by_request(self, request_id: str) -> tuple[Sale, str] | None:
        row = self._work.one(BY_REQUEST, request_id=request_id)
        row = row or self._work.one(PAST_BY_REQUEST, request_id=request_id)
        return None if row is None else (from_body(json.loads(row[0])), row[1])

    def last(self) -> Sale | None:
        return _sale(self._work.one(RECENT, most=1))

    def has_bought(self, member_id: str) -> bool:
        here = self._work.one(HAS_BOUGHT, member_id=member_id)
        return (here or self._work.one(HAS_BOUGHT_BEFORE, member_id=member_id)) is not None

    def sold_in_all(self) -> int:
        return self._work.count(SOLD_IN_ALL)

    def recent(self, *, limit: int = 50) -> tuple[Sale, ...]:
        return tuple(from_body(json.loads(row[0])) for row in self._work.all(RECENT, most=limit))

    def of_member(self, member_id: str, *, limit: int = 50) -> tuple[Sale, ...]:
        here = self._work.all(OF_MEMBER, member_id=member_id, most=limit)
        left = limit - len(here)
        past = self._work.all(PAST_OF_MEMBER, member_id=member_id, most=left) if left else ()
        return tuple(from_body(json.loads(row[0])) for row in (*here, *past))

    def count_on(self, business_date: str) -> tuple[int, int]:
        row = self._work.one(DAY, date=business_date)
        return (0, 0) if row is None else (row[0], row[1])

    def copies(self, number: str) -> int:
        return self._work.count(COPIES, receipt=number)

    def count_copy(self, number: str) -> int:
        return self._work.count(COUNT_COPY, receipt=number, copies=1)

    def on(self, business_date: str) -> Iterator[Sale]:
        return self._told(PAST_ON, ON, date=business_date)

    def since(self, business_date: str) -> Iterator[Sale]:
        return self._told(PAST_SINCE, SINCE, date=business_date)

    def every(self) -> Iterator[Sale]:
        return self._told(EVERY_PAST, EVERY)

    def _told(self, *statements: Sql, **bound: str) -> Iterator[Sale]:
        for statement in statements:
            for row in self._work.each(statement, **bound):
                yield from_body(json.loads(row[0]))


def _sale(row: Row | None) -> Sale | None:
    return None if row is None else from_body(json.loads(row[0]))


def _line_row(place: int, line: Any) -> dict[str, Any]:
    return {
        "sale": place,
        "n": line.number,
        "code": line.code,
        "quantity_milli": line.quantity_milli,
        "gross_fen": line.gross.fen,
        "discount_fen": line.discount.fen,
    }
