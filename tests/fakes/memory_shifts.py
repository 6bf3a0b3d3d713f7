"""Shifts and the drawer in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from storeapp.domain.drawer import CashMove, Movement
from storeapp.domain.refund import Refund
from storeapp.domain.shift import Closing, NoShift, Shift, ShiftIsOpen
from storeapp.domain.shift_report import Sold, sold_of
from storeapp.till.ports_shifts import ZRow

if TYPE_CHECKING:
    from tests.fakes.memory_shop import State


class MemoryDrawer:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, movement: Movement) -> None:
        same = [m for m in self._state.movements if m.doc_id == movement.doc_id]
        if any(m.tender == movement.tender or m.shift_id != movement.shift_id for m in same):
            raise ValueError("a document moves each tender once, in one shift")
        self._state.movements = (*self._state.movements, movement)

    def of_shift(self, shift_id: str | None) -> tuple[Movement, ...]:
        return tuple(movement for movement in self._state.movements if movement.shift_id == shift_id)

    def add_cash(self, move: CashMove) -> None:
        self._state.cash_moves = (*self._state.cash_moves, move)

    def cash_by_request(self, request_id: str) -> CashMove | None:
        return next((move for move in self._state.cash_moves if move.request_id == request_id), None)

    def cash_of_shift(self, shift_id: str | None) -> tuple[CashMove, ...]:
        return tuple(move for move in self._state.cash_moves if move.shift_id == shift_id)


class MemoryShifts:
    def __init__(self, state: State) -> None:
        self._state = state

    def current(self) -> Shift | None:
        return next((shift for shift in self._state.shifts if shift.is_open), None)

    def open(self, shift: Shift) -> None:
        standing = self.current()
        if standing is not None:
            raise ShiftIsOpen(standing.number, standing.opened_by)
        self._state.shifts = (*self._state.shifts, shift)

    def close(self, shift_id: str, closing: Closing) -> None:
        current = self.current()
        if current is None or current.shift_id != shift_id:
            raise NoShift
        self._state.shifts = tuple(
            replace(shift, closing=closing) if shift.shift_id == shift_id else shift for shift in self._state.shifts
        )

    def by_id(self, shift_id: str) -> Shift | None:
        return next((shift for shift in self._state.shifts if shift.shift_id == shift_id), None)

    def by_number(self, number: int) -> Shift | None:
        return next((shift for shift in self._state.shifts if shift.number == number), None)

    def last(self) -> Shift | None:
        return self._state.shifts[-1] if self._state.shifts else None

    def at(self, moment: str) -> Shift | None:
        when = datetime.fromisoformat(moment)
        fitting = [
            shift
            for shift in self._state.shifts
            if datetime.fromisoformat(shift.opened_at) <= when
            and (shift.closing is None or datetime.fromisoformat(shift.closing.at) > when)
        ]
        return fitting[-1] if fitting else None

    def on(self, business_date: str) -> tuple[Shift, ...]:
        return tuple(shift for shift in self._state.shifts if shift.business_date == business_date)

    def sold_in(self, shift_id: str) -> Iterator[Sold]:
        return iter([sold_of(sale) for sale in self._state.sales.values() if sale.shift_id == shift_id])

    def refunds_of(self, shift_id: str) -> tuple[Refund, ...]:
        return tuple(refund for refund, _ in self._state.refunds if refund.shift_id == shift_id)

    def next_number(self) -> int:
        return max(max((shift.number for shift in self._state.shifts), default=0), self._state.shift_floor[0]) + 1

    def next_z(self) -> int:
        return max(max((row.number for row in self._state.zs), default=0), self._state.shift_floor[1]) + 1

    def skip_numbers(self, *, first: int) -> None:
        self._state.shift_floor = (max(self.next_number(), first - 1), max(self.next_z(), first - 1))

    def add_z(self, row: ZRow) -> None:
        self._state.zs = (*self._state.zs, row)

    def z_of(self, shift_id: str) -> tuple[ZRow, ...]:
        return tuple(row for row in self._state.zs if row.shift_id == shift_id)

    def z(self, number: int) -> ZRow | None:
        return next((row for row in self._state.zs if row.number == number), None)

    def last_z(self) -> ZRow | None:
        return self._state.zs[-1] if self._state.zs else None
