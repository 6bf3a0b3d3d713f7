"""Papers of this till to look at or to keep: receipts, shifts and offers as pictures, reports and her data as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from storeapp.app import Till
from storeapp.devices.printer_profile import PrinterProfile
from storeapp.devices.receipt_picture import receipt_png
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
from storeapp.till.ports import Shop
from storeapp.till.receipts import sample_receipt
from storeapp.till.refund_slips import paper_behind, paper_of
from storeapp.till.shift_slip import slip_rows
from storeapp.words import Words, words


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
        # the library of PDFs is heavy, and this is rare
        from storeapp.devices.shift_pdf import shift_pdf

        report = self._shift_report(number)
        with self._till.shop.reading() as books:
            policy, till = books.policy.in_force(), books.device.till
        said = words(policy.text("receipt.language"))
        kind = "x" if number is None else f"z{report.z_number}"
        pdf = shift_pdf((report,), shop=policy.text("shop.name"), till=till, words=said)
        return self._keep(f"shift-{report.business_date}-{report.number}-{kind}.pdf", pdf)

    def keep_report(self, name: str, title: str, day: str, sheet: ReportSheet, suffix: Literal["pdf", "xlsx"]) -> str:
        shop = self._till.shop
        with shop.reading() as books:
            policy, till = books.policy.in_force(), books.device.till
        said, called = words(policy.text("receipt.language")), policy.text("shop.name")
        data = _own_form(shop, name, day, suffix, called=called, till=till, said=said)
        # the libraries of both are heavy, and this is rare
        if data is None and suffix == "xlsx":
            from storeapp.devices.sheet_xlsx import sheet_xlsx

            data = sheet_xlsx(sheet, title)
        elif data is None:
            from storeapp.devices.sheet_pdf import sheet_pdf

            data = sheet_pdf(sheet, title, shop=called, till=till, day=day, words=said)
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


def _own_form(shop: Shop, name: str, day: str, suffix: str, *, called: str, till: str, said: Words) -> bytes | None:
    """The file of a report that has a form of its own; None of one that is a sheet like others."""
    of = date.fromisoformat(day)
    # each form is loaded when it is wanted, with its library
    if (name, suffix) == ("day", "pdf"):
        from storeapp.devices.report_pdf import report_pdf

        return report_pdf(report_of_day(shop, day), shop=called, till=till, words=said)
    if name not in ("liability", "commissions"):
        return None
    with shop.reading() as books:
        owed, shares = owed_on(books, of), of_month(books, of.replace(day=1))
    if name == "liability" and suffix == "pdf":
        from storeapp.devices.liability_pdf import liability_pdf

        return liability_pdf(owed, shop=called, till=till, words=said)
    if name == "liability":
        from storeapp.devices.liability_xlsx import liability_xlsx

        return liability_xlsx(owed, words=said)
    if suffix == "pdf":
        from storeapp.devices.commission_pdf import commission_pdf

        return commission_pdf(shares, shop=called, till=till, words=said)
    from storeapp.devices.commission_xlsx import commission_xlsx

    return commission_xlsx(shares, words=said)
