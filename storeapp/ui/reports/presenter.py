"""The reports of the shop: one at a time, of one day, read beside the window and kept as a file on one key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from storeapp.domain.report_sheet import ReportSheet
from storeapp.domain.staff import Right, Staff, require
from storeapp.till.commissions import of_month
from storeapp.till.coupon_report import coupon_report
from storeapp.till.day import report_of_day
from storeapp.till.leaks import leaks_of_day
from storeapp.till.liability import owed_on
from storeapp.till.loop import loop_report
from storeapp.till.moments import today
from storeapp.till.moving_out import RIGHT as MOVES_OUT
from storeapp.till.named_files import sheet_bytes
from storeapp.till.ports import Books, Shop
from storeapp.till.statements import compare, read_statement
from storeapp.till.stock import stock_now
from storeapp.ui.desk import Desk
from storeapp.ui.reports import people_sheets, sheets
from storeapp.words import N_, Words

Suffix = Literal["pdf", "xlsx"]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Kind:
    """One report: its name in files, what people call it, what it is of ("" is now), and who may read it."""

    id: str
    words: str
    of: Literal["day", "month", ""] = "day"
    right: Right = "reports"


KINDS = (
    Kind("day", N_("Day")),
    Kind("loop", N_("Receipts' loop")),
    Kind("stock", N_("Stock"), of=""),
    Kind("payments", N_("Company's statement"), of=""),
    Kind("liability", N_("Owed to members")),
    Kind("commissions", N_("Commissions"), of="month"),
    Kind("coupons", N_("Coupons"), of=""),
    # who is looked at may be a manager
    Kind("leaks", N_("To look at"), right="policy"),
)
KeepReport = Callable[[str, str, str, ReportSheet, Suffix], str]
"""Writes a report: its name in files, its title, its day (ISO date), the sheet, PDF or XLSX; answers the file."""


@dataclass(frozen=True, slots=True)
class ReportsState:
    """`kind` is a place among the kinds somebody may read; `sheet` is None until it is read.

    `statement` is the name of the file the payments are laid beside.
    """

    kind: int = 0
    day: date = date.min
    today: date = date.min
    sheet: ReportSheet | None = None
    is_reading: bool = False
    is_keeping: bool = False
    statement: str = ""


class ReportsView(Protocol):
    def show_state(self, state: ReportsState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def kept(self, file: str) -> None: ...
    def beep(self) -> None: ...


class ReportsPresenter:
    """Raises NotAllowed where the right to read reports is missing.

    `keep` writes a report and answers its file, `move_out` everything of the shop for somebody and answers the folder.
    """

    def __init__(
        self, desk: Desk, staff: Staff, words: Words, *, keep: KeepReport, move_out: Callable[[str], str]
    ) -> None:
        require(staff, "reports")
        self.may_move_out, self._by, self._move_out = staff.may(MOVES_OUT), staff.code, move_out
        self.kinds = tuple(kind for kind in KINDS if staff.may(kind.right))
        self._desk, self._words, self._keep = desk, words, keep
        self._view: ReportsView
        self._file: Path | None = None
        self._asked = 0
        with desk.shop.reading() as books:
            now = today(books, desk.clock)
        self.state = ReportsState(day=now, today=now)

    @property
    def kind(self) -> Kind:
        """The report that is shown."""
        return self.kinds[self.state.kind]

    def bind(self, view: ReportsView) -> None:
        self._view = view
        self.read()

    def turn(self, by: int) -> None:
        """The report before or after, round and round."""
        self.show_kind((self.state.kind + by) % len(self.kinds))

    def show_kind(self, kind: int) -> None:
        self.state = replace(self.state, kind=kind)
        self.read()

    def go(self, by: int) -> None:
        """So many days or months back or on; the future has no report."""
        now, kind = self.state.day, self.kind
        if kind.of == "month":
            months = now.year * 12 + now.month - 1 + by
            day = date(months // 12, months % 12 + 1, 1)
        else:
            day = now + timedelta(days=by)
        if not kind.of or day > self.state.today:
            self._view.beep()
            return
        self.state = replace(self.state, day=day)
        self.read()

    def go_today(self) -> None:
        self.state = replace(self.state, day=self.state.today)
        self.read()

    def use_statement(self, file: Path) -> None:
        """Lays this statement of a payment company beside the books."""
        self._file = file
        self.state = replace(self.state, statement=file.name)
        self.read()

    def read(self) -> None:
        """Reads what is asked for now; an answer to an earlier question is dropped."""
        self._asked += 1
        asked = self._asked
        self._show(replace(self.state, sheet=None, is_reading=True))
        self._desk.work.io(
            self._source(), ok=lambda sheet: self._read(asked, sheet), fail=lambda error: self._not_read(asked, error)
        )

    def keep(self, suffix: Suffix) -> None:
        """What is shown, as a file in the shop's folder of reports."""
        sheet = self.state.sheet
        if sheet is None or self.state.is_keeping:
            self._view.beep()
            return
        kind, day = self.kind, self.state.day.isoformat()
        title = self._words.t(kind.words)
        self._show(replace(self.state, is_keeping=True))
        self._desk.work.io(lambda: self._keep(kind.id, title, day, sheet, suffix), ok=self._kept, fail=self._not_kept)

    def move_out(self) -> None:
        """Everything the shop knows, in files another system reads."""
        if not self.may_move_out or self.state.is_keeping:
            self._view.beep()
            return
        self._show(replace(self.state, is_keeping=True))
        self._desk.work.io(lambda: self._move_out(self._by), ok=self._kept, fail=self._not_kept)

    # inside

    def _source(self) -> Callable[[], ReportSheet]:
        shop, clock, words, day = self._desk.shop, self._desk.clock, self._words, self.state.day.isoformat()
        file, of = self._file, self.state.day
        return {
            "day": lambda: sheets.day_sheet(report_of_day(shop, day), words),
            "loop": lambda: sheets.loop_sheet(loop_report(shop, business_date=day), words),
            "stock": lambda: sheets.stock_sheet(stock_now(shop, clock=clock), words),
            "payments": lambda: _payments(self._desk, file, words),
            "liability": lambda: people_sheets.liability_sheet(_read_in(shop, owed_on, of), words),
            "commissions": lambda: people_sheets.commissions_sheet(_read_in(shop, of_month, of.replace(day=1)), words),
            "coupons": lambda: people_sheets.coupons_sheet(coupon_report(shop, clock=clock), words),
            "leaks": lambda: sheets.leaks_sheet(leaks_of_day(shop, day), day, words),
        }[self.kind.id]

    def _read(self, asked: int, sheet: ReportSheet) -> None:
        if asked == self._asked:
            self._show(replace(self.state, sheet=sheet, is_reading=False))

    def _not_read(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._show(replace(self.state, is_reading=False))
            self._view.tell(error)

    def _kept(self, file: str) -> None:
        self._show(replace(self.state, is_keeping=False))
        self._view.kept(file)

    def _not_kept(self, error: Exception) -> None:
        self._show(replace(self.state, is_keeping=False))
        self._view.tell(error)

    def _show(self, state: ReportsState) -> None:
        self.state = state
        self._view.show_state(state)


def _read_in(shop: Shop, read: Callable[[Books, date], Found], of: date) -> Found:
    with shop.reading() as books:
        return read(books, of)


def _payments(desk: Desk, file: Path | None, words: Words) -> ReportSheet:
    """Beside the statement, once there is one."""
    if file is None:
        said = words.t("Choose the statement you downloaded from WeChat Pay, Alipay or Shouqianba.")
        return ReportSheet(nothing=said)
    return sheets.payments_sheet(compare(desk.shop, read_statement(sheet_bytes(str(file)))), words)
