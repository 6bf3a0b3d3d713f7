"""X and Z on the receipt printer: a Z is owed with the close itself, either is printed again when somebody asks."""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt import Words
from storeapp.domain.receipt_layout import Row
from storeapp.domain.shift import NoShift, UnknownShift
from storeapp.domain.shift_report import ShiftReport, from_data
from storeapp.domain.shift_slip import SlipFacts, shift_slip
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.ports_shifts import ZRow
from storeapp.till.printing import RECEIPT_PRINTER
from storeapp.till.shift_reports import Booked, report_so_far, supplement_if_late


def owe_z(books: Books, row: ZRow, *, at: str, ids: Ids, printer: str = RECEIPT_PRINTER, copy: int = 0) -> PrintJob:
    """Queues the Z, inside the transaction that issued it."""
    job = PrintJob(ids.new(), "z", printer, "queued", at, receipt=str(row.number), copy=copy)
    books.prints.add(job)
    return job


def issue_if_late(books: Books, document: Booked, *, prints: bool, ids: Ids) -> None:
    """A document of a shift that is closed: its Z is issued anew, and owed on paper where the document `prints`."""
    late = supplement_if_late(books, document)
    if late is not None and prints:
        owe_z(books, late, at=document.at, ids=ids)


def owe_shift(
    shop: Shop, number: int | None = None, *, clock: Clock, ids: Ids, printer: str = RECEIPT_PRINTER
) -> PrintJob:
    """The X of the open shift, or one more copy of the last Z of shift `number`. Raises NoShift or UnknownShift."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        found = books.shifts.current() if number is None else books.shifts.by_number(number)
        if found is None:
            raise NoShift if number is None else UnknownShift(number)
        issued = books.shifts.z_of(found.shift_id)
        if issued:
            return owe_z(books, issued[-1], at=at, ids=ids, printer=printer, copy=1)
        job = PrintJob(ids.new(), "x", printer, "queued", at, receipt=str(found.number))
        books.prints.add(job)
        return job


def slip_rows(
    books: Books, report: ShiftReport, *, width: int, words: Words, at: str, copy: int = 0
) -> tuple[Row, ...]:
    """The report as its paper of `width` columns says it."""
    names = {staff.code: staff.name for staff in books.staff.every()}
    facts = SlipFacts(books.policy.in_force().text("shop.name"), books.device.till, at, names, copy)
    return shift_slip(report, facts, width=width, words=words)


def slip_of(books: Books, job: PrintJob, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows of the X or Z that `job` owes; an X says what is true when it is printed. Raises UnknownShift."""
    report = _report_behind(books, job)
    return slip_rows(books, report, width=width, words=words, at=job.created_at, copy=job.copy)


def _report_behind(books: Books, job: PrintJob) -> ShiftReport:
    number = int(job.receipt)
    if job.kind == "z":
        issued = books.shifts.z(number)
        if issued is None:
            raise UnknownShift(number)
        return from_data(issued.data)
    found = books.shifts.by_number(number)
    if found is None:
        raise UnknownShift(number)
    # who asked for an X gets one, though the shift may have been closed since
    return report_so_far(books, replace(found, closing=None))
