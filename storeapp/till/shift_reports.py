"""The report of a shift, gathered from the books, and the Z that is issued anew when something came late."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from storeapp.domain.shift import Shift
from storeapp.domain.shift_report import ShiftReport, as_data, shift_report
from storeapp.till.ports import Books
from storeapp.till.ports_shifts import ZRow


class Booked(Protocol):
    """Whatever belongs to a shift since some moment (ISO 8601)."""

    @property
    def shift_id(self) -> str | None: ...
    @property
    def at(self) -> str: ...


def report_so_far(books: Books, shift: Shift) -> ShiftReport:
    """Everything that belongs to the shift by now."""
    sales = tuple(books.shifts.sold_in(shift.shift_id))
    before = books.sales.sold_in_all() - sum(sale.due_fen for sale in sales)
    return shift_report(
        shift,
        sales=sales,
        movements=books.drawer.of_shift(shift.shift_id),
        cash_moves=books.drawer.cash_of_shift(shift.shift_id),
        grand_fen=before,
        refunds=books.shifts.refunds_of(shift.shift_id),
    )


def supplement_if_late(books: Books, document: Booked) -> ZRow | None:
    """A document that belongs to a shift that is closed: its Z is issued anew, as a supplement with the next number.

    The new Z, whose paper is the caller's business; None where nothing was late.
    """
    found = None if document.shift_id is None else books.shifts.by_id(document.shift_id)
    if found is None or found.is_open:
        return None
    issued = books.shifts.z_of(found.shift_id)
    report = replace(report_so_far(books, found), z_number=books.shifts.next_z(), supplement=len(issued))
    row = ZRow(report.z_number, found.shift_id, len(issued), document.at, report.grand_fen, as_data(report))
    books.shifts.add_z(row)
    body = {
        "shift_id": found.shift_id,
        "number": found.number,
        "supplement": len(issued),
        "report": as_data(report),
    }
    books.journal.append("shift.supplemented", body, at=document.at)
    return row
