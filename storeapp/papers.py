"""Papers of this till to look at or to keep: receipts, shifts and offers as pictures, reports and her data as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from storeapp.app import Till
from storeapp.devices.printer_profile import PrinterProfile
from storeapp.devices.receipt_picture import receipt_png
from storeapp.devices.report_forms import (
    Suffix,
    commissions_form,
    day_pdf,
    head_of,
    liability_form,
    sheet_form,
    shift_form,
)
from storeapp.domain.journal import canonical
from storeapp.domain.policy import Policy
from storeapp.domain.receipt_layout import layout
from storeapp.domain.report_sheet import ReportSheet
from storeapp.domain.shift_report import ShiftReport
from storeapp.errors import Unavailable
from storeapp.till import shifts
from storeapp.till.commissions import of_month
from storeapp.till.day import report_of_day
from storeapp.till.liability import owed_on
from storeapp.till.receipts import sample_receipt
from storeapp.till.refund_slips import paper_behind, paper_of
from storeapp.till.shift_slip import slip_rows
from storeapp.till.slip_facts import practised
from storeapp.words import words


@dataclass(eq=False)
class ReportNotKept(Unavailable):
    """The report cannot be written to `file`: `why` is the system's word."""

    file: str
    why: str
    word = "report_not_kept"


class Papers:
    """`kind` answers the printer they are laid out for, as it is chosen now."""

    def __init__(self, till: Till, kind: Callable[[], PrinterProfile]) -> None:
        self._till, self._kind = till, kind

    def receipt_png(self, receipt: str) -> bytes:
        kind = self._kind()
        with self._till.shop.reading() as books:
            said = paper_of(books, paper_behind(books, receipt))
        return receipt_png(layout(said, paper_columns=kind.columns), kind)

    def shift_png(self, number: int | None = None) -> bytes:
        kind, at = self._kind(), self._till.clock.now().isoformat()
        report = self._shift_report(number)
        with self._till.shop.reading() as books:
            said = words(books.policy.in_force().text("receipt.language"))
            rows = slip_rows(books, report, width=kind.columns, words=said, at=at)
            rows = practised(books, rows, width=kind.columns)
        return receipt_png(rows, kind)

    def keep_her_data(self, hers: Mapping[str, Any]) -> str:
        # the library of PDFs is heavy, and this is rare
        from storeapp.devices.member_pdf import member_pdf

        folder = self._till.folder / "handed-out"
        folder.mkdir(mode=0o700, exist_ok=True)
        with self._till.shop.reading() as books:
            policy, device, day = books.policy.in_force(), books.device, self._till.today(books)
        said = words(policy.text("receipt.language"))
        pdf = member_pdf(hers, shop=policy.text("shop.name"), till=device.till, day=day.isoformat(), words=said)
        for suffix, data in (("json", canonical(dict(hers))), ("pdf", pdf)):
            (folder / f"{hers['member_id']}.{suffix}").write_bytes(data)
        return str(folder)

    def _shift_report(self, number: int | None) -> ShiftReport:
        """Of the shift with that number, or of the open one as it stands."""
        return shifts.x_report(self._till.shop) if number is None else shifts.report_of(self._till.shop, number)

    def keep_shift_pdf(self, number: int | None = None) -> str:
        report = self._shift_report(number)
        kind = "x" if number is None else f"z{report.z_number}"
        with self._till.shop.reading() as books:
            head = head_of(books)
        pdf = shift_form((report,), head, "pdf")
        return self._keep(f"shift-{report.business_date}-{report.number}-{kind}.pdf", pdf)

    def keep_report(self, name: str, title: str, day: str, sheet: ReportSheet, suffix: Suffix) -> str:
        shop, of = self._till.shop, date.fromisoformat(day)
        with shop.reading() as books:
            head = head_of(books)
            owed = owed_on(books, of) if name == "liability" else None
            shares = of_month(books, of.replace(day=1)) if name == "commissions" else None
        # these have a form of their own, the others are sheets
        if owed is not None:
            data = liability_form(owed, head, suffix)
        elif shares is not None:
            data = commissions_form(shares, head, suffix)
        elif (name, suffix) == ("day", "pdf"):
            data = day_pdf(report_of_day(shop, day), head)
        else:
            data = sheet_form(sheet, title, day, head, suffix)
        return self._keep(f"{name}-{day}.{suffix}", data)

    def move_out(self, by: str) -> str:
        # rare, and a room of its own
        from storeapp.till.moving_out import move_out

        folder = self._till.folder / "exports" / f"{self._till.clock.now():%Y-%m-%d-%H%M%S}"

        def write(name: str, lines: Iterable[str]) -> None:
            with (folder / name).open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)

        try:
            # it holds members' numbers
            folder.mkdir(mode=0o700, parents=True)
            move_out(self._till.shop, write, clock=self._till.clock, by=by)
        except OSError as error:
            raise ReportNotKept(str(folder), error.strerror or type(error).__name__) from error
        return str(folder)

    def _keep(self, name: str, data: bytes) -> str:
        file = self._till.folder / "reports" / name
        try:
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(data)
        except OSError as error:
            raise ReportNotKept(str(file), error.strerror or type(error).__name__) from error
        return str(file)

    def offer_png(self, changes: Mapping[str, Any]) -> bytes:
        with self._till.shop.reading() as books:
            policy = Policy({**books.policy.in_force().values, **changes})
            said = sample_receipt(books, policy, at=self._till.clock.now())
        kind = self._kind()
        return receipt_png(layout(said, paper_columns=kind.columns), kind)
