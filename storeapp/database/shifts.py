"""Shifts and the drawer: who had the till, what moved, and the Z reports that were issued."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from storeapp.database.journal import JournalTable, place_of
from storeapp.database.statements.shifts import (
    ADD_CASH,
    ADD_MOVE,
    ADD_Z,
    AT,
    BY_ID,
    BY_NUMBER,
    CASH_BY_REQUEST,
    CASH_OF_SHIFT,
    CLOSE,
    CURRENT,
    LAST,
    LAST_Z,
    MOVES,
    NEXT_SHIFT,
    NEXT_Z,
    ON,
    OPEN,
    REFUNDS,
    SALES,
    SKIP_NUMBERS,
    Z_OF,
    Z,
)
from storeapp.database.work import Row, Work
from storeapp.domain.drawer import CashMove, Movement
from storeapp.domain.shift import Closing, NoShift, Shift, ShiftIsOpen, closing_data, closing_from
from storeapp.till.ports_shifts import ZRow

if TYPE_CHECKING:
    from storeapp.domain.refund import Refund
    from storeapp.domain.shift_report import Sold


class DrawerTable:
    """Implements `till.ports.Drawer`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, movement: Movement) -> None:
        self._work.run(
            ADD_MOVE,
            shift_id=movement.shift_id or "",
            doc_id=movement.doc_id,
            tender=movement.tender,
            doc=movement.doc,
            fen=movement.fen,
            at=movement.at,
        )

    def of_shift(self, shift_id: str | None) -> tuple[Movement, ...]:
        rows = self._work.all(MOVES, shift_id=shift_id or "")
        return tuple(Movement(doc, doc_id, tender, fen, at, of or None) for of, doc_id, tender, doc, fen, at in rows)

    def add_cash(self, move: CashMove) -> None:
        self._work.run(
            ADD_CASH,
            id=None,
            move_id=move.move_id,
            shift_id=move.shift_id or "",
            kind=move.kind,
            fen=move.fen,
            reason=move.reason,
            actor=move.by,
            at=move.at,
            request_id=move.request_id,
        )

    def cash_by_request(self, request_id: str) -> CashMove | None:
        row = self._work.one(CASH_BY_REQUEST, request_id=request_id)
        return None if row is None else _cash(row)

    def cash_of_shift(self, shift_id: str | None) -> tuple[CashMove, ...]:
        return tuple(_cash(row) for row in self._work.all(CASH_OF_SHIFT, shift_id=shift_id or ""))


class ShiftTable:
    """Implements `till.ports.Shifts`."""

    def __init__(self, work: Work, entries: JournalTable) -> None:
        self._work = work
        self._journal = entries

    def current(self) -> Shift | None:
        return _shift(self._work.one(CURRENT))

    def open(self, shift: Shift) -> None:
        standing = self.current()
        if standing is not None:
            raise ShiftIsOpen(standing.number, standing.opened_by)
        newest = self._journal.newest
        self._work.run(
            OPEN,
            number=shift.number,
            shift_id=shift.shift_id,
            opened_at=shift.opened_at,
            opened_by=shift.opened_by,
            business_date=shift.business_date,
            float_fen=shift.float_fen,
            closed_at="",
            closing="",
            opened_us=_us(shift.opened_at),
            closed_us=0,
            opened_place=0 if newest is None else place_of(newest.epoch, newest.seq),
        )

    def close(self, shift_id: str, closing: Closing) -> None:
        how = json.dumps(closing_data(closing), ensure_ascii=False)
        if self._work.one(CLOSE, which=shift_id, ended=closing.at, ended_us=_us(closing.at), how=how) is None:
            raise NoShift

    def by_id(self, shift_id: str) -> Shift | None:
        return _shift(self._work.one(BY_ID, shift_id=shift_id))

    def by_number(self, number: int) -> Shift | None:
        return _shift(self._work.one(BY_NUMBER, number=number))

    def last(self) -> Shift | None:
        return _shift(self._work.one(LAST))

    def at(self, moment: str) -> Shift | None:
        return _shift(self._work.one(AT, us=_us(moment)))

    def on(self, business_date: str) -> tuple[Shift, ...]:
        found = (_shift(row) for row in self._work.all(ON, date=business_date))
        return tuple(shift for shift in found if shift is not None)

    def sold_in(self, shift_id: str) -> Iterator[Sold]:
        from storeapp.domain.shift_report import Sold

        # thousands of sales a shift: only where a card took some are the lines read
        for row in self._work.each(SALES, shift_id=shift_id, mark=_mark(shift_id)):
            yield Sold(*row)

    def refunds_of(self, shift_id: str) -> tuple[Refund, ...]:
        from storeapp.domain.refund import from_body

        bodies = self._work.all(REFUNDS, shift_id=shift_id, mark=_mark(shift_id))
        refunds = (from_body(json.loads(body)) for (body,) in bodies)
        return tuple(refund for refund in refunds if refund.shift_id == shift_id)

    def next_number(self) -> int:
        return self._work.count(NEXT_SHIFT)

    def next_z(self) -> int:
        return self._work.count(NEXT_Z)

    def skip_numbers(self, *, first: int) -> None:
        self._work.run(SKIP_NUMBERS, first=first)

    def add_z(self, row: ZRow) -> None:
        self._work.run(
            ADD_Z,
            number=row.number,
            shift_id=row.shift_id,
            supplement=row.supplement,
            at=row.at,
            grand_fen=row.grand_fen,
            data=json.dumps(row.data, ensure_ascii=False),
        )

    def z_of(self, shift_id: str) -> tuple[ZRow, ...]:
        return tuple(_z(row) for row in self._work.all(Z_OF, shift_id=shift_id))

    def z(self, number: int) -> ZRow | None:
        row = self._work.one(Z, number=number)
        return None if row is None else _z(row)

    def last_z(self) -> ZRow | None:
        row = self._work.one(LAST_Z)
        return None if row is None else _z(row)


def _mark(shift_id: str) -> bytes:
    """What the body of a document of the shift holds; somebody's words may hold it too."""
    return f'"shift_id":"{shift_id}"'.encode()


def _us(moment: str) -> int:
    return round(datetime.fromisoformat(moment).timestamp() * 1_000_000)


def _cash(row: Row) -> CashMove:
    move_id, kind, fen, reason, by, at, shift_id, request_id = row
    return CashMove(move_id, kind, fen, reason, by, at, shift_id or None, request_id)


def _shift(row: Row | None) -> Shift | None:
    if row is None:
        return None
    shift_id, number, opened_at, opened_by, business_date, float_fen, closing = row
    how = closing_from(json.loads(closing)) if closing else None
    return Shift(shift_id, number, opened_at, opened_by, business_date, float_fen, how)


def _z(row: Row) -> ZRow:
    number, shift_id, supplement, at, grand_fen, data = row
    return ZRow(number, shift_id, supplement, at, grand_fen, json.loads(data))
