"""Shift XLSX: reports as a workbook, one sheet of shifts and one each of what they are made of."""

from __future__ import annotations

from collections.abc import Sequence

from storeapp.devices.workbook import Cell, workbook, yuan
from storeapp.domain.shift_report import ShiftReport
from storeapp.domain.shift_slip import report_title, supplement_said
from storeapp.domain.tender_names import tender_name
from storeapp.words import Words


def shift_xlsx(reports: Sequence[ShiftReport], *, words: Words) -> bytes:
    """The workbook; amounts are numbers in yuan."""
    _ = words.t
    tenders = (
        (
            report.number,
            tender_name(row.tender, words),
            yuan(row.expected_fen),
            None if row.counted_fen is None else yuan(row.counted_fen),
            None if row.difference_fen is None else yuan(row.difference_fen),
        )
        for report in reports
        for row in report.tenders
    )
    by_cashier = (
        (report.number, row.cashier, row.sales, yuan(row.due_fen)) for report in reports for row in report.cashiers
    )
    by_hour = ((report.number, row.hour, row.sales, yuan(row.due_fen)) for report in reports for row in report.hours)
    ways = (_("Shift"), _("Way to pay"), _("Expected"), _("Counted"), _("Difference"))
    return workbook(
        (
            (_("Shifts"), _shift_names(words), (_shift(report, words) for report in reports)),
            (_("Ways to pay"), ways, tenders),
            (_("By cashier"), (_("Shift"), _("Cashier"), _("Sales"), _("Takings")), by_cashier),
            (_("By hour"), (_("Shift"), _("Hour"), _("Sales"), _("Takings")), by_hour),
        )
    )


def _shift_names(words: Words) -> tuple[str, ...]:
    _ = words.t
    return (
        _("Shift"), _("Report"), _("Business day"), _("Opened"), _("Opened by"), _("Closed"), _("Closed by"),
        _("Sales"), _("Goods"), _("Discounts"), _("Taken by cards"), _("Rounding"), _("Takings"), _("Refunds"),
        _("Voids"), _("Top-ups and cards"), _("Debts paid"),
        _("Member sales"), _("Sold to members"), _("Float"), _("Cash in"), _("Cash out"), _("Expense"),
        _("To the safe"), _("Left as the next float"), _("Drawer openings"), _("Openings without a sale"),
        _("Difference"), _("Reason"), _("Agreed by"), _("Grand total of this till"),
    )  # fmt: skip


def _name(report: ShiftReport, words: Words) -> str:
    return " · ".join(filter(None, (report_title(report, words), supplement_said(report, words))))


def _shift(report: ShiftReport, words: Words) -> tuple[Cell, ...]:
    return (
        report.number, _name(report, words), report.business_date, _moment(report.opened_at), report.opened_by,
        _moment(report.closed_at), report.closed_by, report.sales, yuan(report.goods_fen),
        yuan(-report.cut_fen), yuan(-report.card_fen), yuan(report.rounding_fen), yuan(report.due_fen),
        yuan(-report.refund_fen), yuan(-report.void_fen), yuan(report.top_up_fen), yuan(report.settled_fen),
        report.member_sales, yuan(report.member_fen),
        yuan(report.float_fen), yuan(report.cash_in_fen), yuan(-report.cash_out_fen), yuan(-report.expense_fen),
        yuan(-report.drop_fen), yuan(report.left_fen), report.openings, report.no_sale,
        yuan(report.difference_fen), report.reason, report.approver, yuan(report.grand_fen),
    )  # fmt: skip


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")
