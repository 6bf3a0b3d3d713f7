"""Shift slip: an X or a Z on the receipt printer's paper, for whoever counts the drawer and signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storeapp.domain.money import Money
from storeapp.domain.receipt import Words
from storeapp.domain.receipt_layout import CutRow, FeedRow, Row, RuleRow, TextRow, centred, large
from storeapp.domain.receipt_text import amount_text, columns, printable, wrap
from storeapp.domain.shift_report import ShiftReport, TenderRow
from storeapp.domain.tender_names import tender_name

_TABLE_COLUMNS = 48
_CELL = 11
_ROWS_MOST = 4
_AIR_DOTS = 8
_TO_SIGN = "_" * 16


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What the report itself does not know: `names` of staff by code, when it was asked for, which copy it is."""

    shop: str
    till: str
    at: str
    names: Mapping[str, str]
    copy: int = 0

    def who(self, code: str) -> str:
        """The code, with the name where there is one."""
        return f"{code} {self.names.get(code, '')}".strip()


def shift_slip(report: ShiftReport, facts: SlipFacts, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows of the report on paper of `width` columns."""
    return tuple(_Slip(report, facts, width, words).rows())


def report_title(report: ShiftReport, words: Words) -> str:
    """What the report is called, on paper and on sheets."""
    if not report.z_number:
        return words.t("X report")
    return words.t("Z report {number}").format(number=report.z_number)


def supplement_said(report: ShiftReport, words: Words) -> str:
    """That a Z was issued anew for what came late; nothing for any other report."""
    if not report.supplement:
        return ""
    return words.t("Supplement {number}: a late document").format(number=report.supplement)


class _Slip:
    def __init__(self, report: ShiftReport, facts: SlipFacts, width: int, words: Words) -> None:
        self._report, self._facts, self._width, self._words = report, facts, width, words

    def rows(self) -> Iterator[Row]:
        parts = (self._sold(), self._tenders(), self._drawer(), self._cashiers(), self._hours(), self._numbers())
        yield from self._head()
        for part in parts:
            rows = tuple(part)
            if rows:
                yield RuleRow()
                yield from rows
        if self._report.z_number:
            yield from self._signatures()
        yield CutRow()

    def _head(self) -> Iterator[Row]:
        _, report = self._words.t, self._report
        yield from centred(printable(self._facts.shop), self._width, bold=True)
        yield FeedRow(_AIR_DOTS)
        yield from large(printable(report_title(report, self._words)), self._width)
        if report.supplement:
            yield from centred(supplement_said(report, self._words), self._width)
        if self._facts.copy:
            yield from centred(_("COPY (reprint {number})").format(number=self._facts.copy), self._width, bold=True)
        yield RuleRow()
        yield from self._pair(
            _("Shift {number}").format(number=report.number), f"{_('Till')} {printable(self._facts.till)}"
        )
        yield from self._pair(_("Business day"), report.business_date)
        yield from self._moment(_("Opened"), report.opened_at, report.opened_by)
        if report.closed_at:
            yield from self._moment(_("Closed"), report.closed_at, report.closed_by)
        else:
            yield from self._moment(_("So far, still open"), self._facts.at, "")
        if report.forced:
            yield from self._text(_("It had been forgotten and was closed later."))

    def _sold(self) -> Iterator[Row]:
        _, report = self._words.t, self._report
        yield from self._pair(_("Sales"), str(report.sales))
        yield from self._amount(_("Goods"), report.goods_fen)
        if report.cut_fen:
            yield from self._amount(_("Discounts"), -report.cut_fen)
        if report.card_fen:
            yield from self._amount(_("Taken by cards"), -report.card_fen)
        if report.rounding_fen:
            yield from self._amount(_("Rounding"), report.rounding_fen)
        yield from self._pair(_("Takings"), _yuan(report.due_fen), bold=True)
        yield from self._counted(_("Refunds"), report.refunds, -report.refund_fen)
        yield from self._counted(_("among them voids"), report.voids, -report.void_fen, indent="  ")
        yield from self._amount(_("Top-ups and cards"), report.top_up_fen)
        if report.settled_fen:
            yield from self._amount(_("Debts paid"), report.settled_fen)
        yield from self._counted(_("Sold to members"), report.member_sales, report.member_fen)
        if report.due_fen > 0:
            yield from self._pair(_("Members' share"), f"{report.member_fen * 100 // report.due_fen}%", indent="  ")

    def _tenders(self) -> Iterator[Row]:
        _, report = self._words.t, self._report
        if self._width >= _TABLE_COLUMNS:
            yield TextRow(self._cells(_("Way to pay"), _("Expected"), _("Counted")), _("Difference"))
        for row in report.tenders:
            yield from self._tender(row)
        if any(row.counted_fen is not None for row in report.tenders):
            yield from self._pair(_("Difference"), _signed(report.difference_fen), bold=True)
        if report.reason:
            yield from self._text(_("Reason: {reason}").format(reason=report.reason))
        if report.approver:
            yield from self._text(_("Agreed by {code}").format(code=self._facts.who(report.approver)))
        if report.unapproved:
            yield from self._text(_("Nobody has agreed to the difference."), bold=True)

    def _tender(self, row: TenderRow) -> Iterator[Row]:
        _, name = self._words.t, tender_name(row.tender, self._words)
        expected, difference = _yuan(row.expected_fen), "-"
        counted = "-" if row.counted_fen is None else _yuan(row.counted_fen)
        if row.difference_fen is not None:
            difference = _signed(row.difference_fen)
        if self._width >= _TABLE_COLUMNS and max(map(columns, (expected, counted, difference))) < _CELL:
            if columns(name) > self._width - 3 * _CELL:
                yield TextRow(name)
                name = ""
            yield TextRow(self._cells(name, expected, counted), difference)
            return
        yield from self._text(name, bold=True)
        for label, text in ((_("Expected"), expected), (_("Counted"), counted), (_("Difference"), difference)):
            if text != "-":
                yield from self._pair(label, text, indent="  ")

    def _drawer(self) -> Iterator[Row]:
        _, report = self._words.t, self._report
        yield from self._amount(_("Float"), report.float_fen)
        for name, fen in (
            (_("Cash in"), report.cash_in_fen),
            (_("Cash out"), -report.cash_out_fen),
            (_("Expense"), -report.expense_fen),
            (_("To the safe"), -report.drop_fen),
        ):
            if fen:
                yield from self._amount(name, fen)
        if report.z_number:
            yield from self._amount(_("Left as the next float"), report.left_fen)
        yield from self._pair(_("Drawer openings"), str(report.openings))
        yield from self._pair(_("without a sale"), str(report.no_sale), indent="  ")

    def _cashiers(self) -> Iterator[Row]:
        if self._report.cashiers:
            yield from self._text(self._words.t("By cashier"), bold=True)
        for row in self._report.cashiers:
            yield from self._counted(self._facts.who(row.cashier), row.sales, row.due_fen)

    def _hours(self) -> Iterator[Row]:
        if self._report.hours:
            yield from self._text(self._words.t("By hour"), bold=True)
        for row in self._report.hours_as_they_went:
            yield from self._counted(f"{row.hour:02d}:00", row.sales, row.due_fen)

    def _numbers(self) -> Iterator[Row]:
        _, report = self._words.t, self._report
        if report.first_receipt:
            yield from self._pair(_("First receipt"), report.first_receipt)
            yield from self._pair(_("Last receipt"), report.last_receipt)
        yield from self._pair(_("Grand total of this till"), _yuan(report.grand_fen), bold=True)

    def _signatures(self) -> Iterator[Row]:
        _ = self._words.t
        yield RuleRow()
        for name in (_("Cashier"), _("Manager")):
            yield FeedRow(4 * _AIR_DOTS)
            yield TextRow(name, _TO_SIGN)

    def _moment(self, label: str, at: str, by: str) -> Iterator[Row]:
        yield from self._pair(label, at[:16].replace("T", " "))
        if by:
            yield TextRow("", _fitting(printable(self._facts.who(by)), self._width))

    def _counted(self, label: str, count: int, fen: int, *, indent: str = "") -> Iterator[Row]:
        yield from self._pair(f"{label} ({count})", _yuan(fen), indent=indent)

    def _amount(self, label: str, fen: int) -> Iterator[Row]:
        yield from self._pair(label, _yuan(fen))

    def _pair(self, label: str, text: str, *, indent: str = "", bold: bool = False) -> Iterator[Row]:
        shown = printable(label)
        if len(indent) + columns(shown) + 1 + columns(text) > self._width:
            yield from self._text(indent + shown, bold=bold)
            indent = shown = ""
        yield TextRow(indent + shown, text, bold=bold)

    def _text(self, text: str, *, bold: bool = False) -> Iterator[Row]:
        for row in wrap(printable(text), self._width, most_rows=_ROWS_MOST):
            yield TextRow(row, bold=bold)

    def _cells(self, name: str, expected: str, counted: str) -> str:
        """Name, then two cells that end where their columns do; the third is the row's own right."""
        left = name + " " * (self._width - 3 * _CELL - columns(name))
        return left + "".join(" " * (_CELL - columns(cell)) + cell for cell in (expected, counted))


def _yuan(fen: int) -> str:
    return amount_text(Money(fen))


def _signed(fen: int) -> str:
    return f"+{_yuan(fen)}" if fen > 0 else _yuan(fen)


def _fitting(text: str, width: int) -> str:
    return wrap(text, width, most_rows=1)[0]
