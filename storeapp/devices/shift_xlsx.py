"""Shift XLSX: reports as a workbook, one sheet of shifts and one each of what they are made of."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from storeapp.domain.shift_report import ShiftReport
from storeapp.domain.shift_slip import report_title
from storeapp.domain.tender_names import tender_name
from storeapp.words import Words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | Decimal | None
_MONEY = "#,##0.00"


def shift_xlsx(reports: Sequence[ShiftReport], *, words: Words) -> bytes:
    """The workbook; amounts are numbers in yuan."""
    # openpyxl takes a tenth of a second to load, and few reports become a workbook
    from openpyxl import Workbook

    _, book = words.t, Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    _fill(book.create_sheet(_("Shifts")), _shift_names(words), (_shift(report, words) for report in reports))
    _fill(
        book.create_sheet(_("Ways to pay")),
        (_("Shift"), _("Way to pay"), _("Expected"), _("Counted"), _("Difference")),
        (
            (
                report.number,
                tender_name(row.tender, words),
                _yuan(row.expected_fen),
                None if row.counted_fen is None else _yuan(row.counted_fen),
                None if row.difference_fen is None else _yuan(row.difference_fen),
            )
            for report in reports
            for row in report.tenders
        ),
    )
    _fill(
        book.create_sheet(_("By cashier")),
        (_("Shift"), _("Cashier"), _("Sales"), _("Takings")),
        ((report.number, row.cashier, row.sales, _yuan(row.due_fen)) for report in reports for row in report.cashiers),
    )
    _fill(
        book.create_sheet(_("By hour")),
        (_("Shift"), _("Hour"), _("Sales"), _("Takings")),
        ((report.number, row.hour, row.sales, _yuan(row.due_fen)) for report in reports for row in report.hours),
    )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _shift_names(words: Words) -> tuple[str, ...]:
    _ = words.t
    return (
        _("Shift"), _("Report"), _("Business day"), _("Opened"), _("Opened by"), _("Closed"), _("Closed by"),
        _("Sales"), _("Goods"), _("Discounts"), _("Rounding"), _("Takings"), _("Refunds"), _("Voids"), _("Top-ups"),
        _("Member sales"), _("Sold to members"), _("Float"), _("Cash in"), _("Cash out"), _("Expense"),
        _("To the safe"), _("Left as the next float"), _("Drawer openings"), _("Openings without a sale"),
        _("Difference"), _("Reason"), _("Agreed by"), _("Grand total of this till"),
    )  # fmt: skip


def _shift(report: ShiftReport, words: Words) -> tuple[Cell, ...]:
    return (
        report.number, report_title(report, words), report.business_date, _moment(report.opened_at), report.opened_by,
        _moment(report.closed_at), report.closed_by, report.sales, _yuan(report.goods_fen),
        _yuan(-report.discount_fen), _yuan(report.rounding_fen), _yuan(report.due_fen), _yuan(-report.refund_fen),
        _yuan(-report.void_fen), _yuan(report.top_up_fen), report.member_sales, _yuan(report.member_fen),
        _yuan(report.float_fen), _yuan(report.cash_in_fen), _yuan(-report.cash_out_fen), _yuan(-report.expense_fen),
        _yuan(-report.drop_fen), _yuan(report.left_fen), report.openings, report.no_sale,
        _yuan(report.difference_fen), report.reason, report.approver, _yuan(report.grand_fen),
    )  # fmt: skip


def _fill(sheet: Worksheet, names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    # deferred with the rest of the library
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.append(list(names))
    for row in rows:
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place, name in enumerate(names, start=1):
        # hanzi are as wide as two letters
        sheet.column_dimensions[get_column_letter(place)].width = max(14, 2 * len(name) + 2)
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            if isinstance(cell.value, Decimal):
                cell.number_format = _MONEY
            elif isinstance(cell.value, str):
                # a reason that begins with = is no formula
                cell.data_type = "s"
    sheet.freeze_panes = "A2"


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")
