"""Shift PDF: each X or Z on a sheet of A4 of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storeapp.devices.pdf_sheet import GAP, HALF, INNER, MARGIN, ROW, PdfSheet, broken, new_canvas, yuan_text
from storeapp.domain.money import Money
from storeapp.domain.shift_report import ShiftReport
from storeapp.domain.shift_slip import report_title, supplement_said
from storeapp.domain.tender_names import tender_name
from storeapp.words import Words

_BESIDE_MOST = 4
"""So many cashiers stand below the drawer; more have the page's width."""


def shift_pdf(reports: Sequence[ShiftReport], *, shop: str, till: str, words: Words) -> bytes:
    """A page a report, and another where one is too long. The same reports always give the same bytes."""
    file, canvas = new_canvas(f"{shop} {' '.join(sorted({report.business_date for report in reports}))}")
    for report in reports:
        sheet = _Sheet(canvas, words)
        shift = words.t("shift {number}").format(number=report.number)
        said = (report_title(report, words), shift, supplement_said(report, words))
        sheet.head(shop, till, report.business_date, " · ".join(filter(None, said)))
        sheet.fill(report)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Sheet(PdfSheet):
    """One shift, from the top down."""

    def fill(self, report: ShiftReport) -> None:
        _ = self.words.t
        share = f"{report.member_fen * 100 // report.due_fen}%" if report.due_fen > 0 else "–"
        self.boxes(
            (
                (_("Takings"), yuan_text(Money(report.due_fen))),
                (_("Sales"), f"{report.sales:,}"),
                (_("Members' share"), share),
                (_("Difference"), _signed(report.difference_fen) if report.closed_at else "–"),
            )
        )
        self._tenders(report)
        self.keep(10 * ROW)
        top = self.y
        self._list(_("Figures"), MARGIN, tuple(self._figures(report)))
        bottom, self.y = self.y, top
        self._list(_("Drawer"), MARGIN + HALF + GAP, tuple(self._drawer(report)))
        is_short = len(report.cashiers) <= _BESIDE_MOST
        if is_short:
            self.y -= 12
            self._list(_("By cashier"), MARGIN + HALF + GAP, tuple(self._cashiers(report)))
        self.y = min(bottom, self.y) - 14
        self.hours({row.hour: Money(row.due_fen) for row in report.hours_as_they_went})
        if not is_short:
            self.keep(2 * ROW)
            self.title(_("By cashier"), MARGIN)
            for name, middle, text in self._cashiers(report):
                self.keep(ROW)
                self.row(MARGIN, INNER, name, middle, text)

    def _tenders(self, report: ShiftReport) -> None:
        _ = self.words.t
        self.title(_("Way to pay"), MARGIN)
        edges = tuple(MARGIN + INNER - 110 * place for place in (2, 1, 0))
        for edge, name in zip(edges, (_("Expected"), _("Counted"), _("Difference")), strict=True):
            self.right(edge, self.y + 6, name, 10, bold=True)
        for row in report.tenders:
            self.y -= ROW
            self.text(MARGIN, self.y + 6, tender_name(row.tender, self.words), 10)
            counted = _("not counted") if row.counted_fen is None else yuan_text(Money(row.counted_fen))
            difference = "–" if row.difference_fen is None else _signed(row.difference_fen)
            for edge, text in zip(edges, (yuan_text(Money(row.expected_fen)), counted, difference), strict=True):
                self.right(edge, self.y + 6, text, 10)
            self.rule(MARGIN, MARGIN + INNER)
        said = [_("Reason: {reason}").format(reason=report.reason)] if report.reason else []
        if report.approver:
            said.append(_("Agreed by {code}").format(code=report.approver))
        if report.unapproved:
            said.append(_("Nobody has agreed to the difference."))
        for text in (line for words in said for line in broken(words, 10, INNER)):
            self.y -= ROW
            self.text(MARGIN, self.y + 6, text, 10, bold=True)
        self.y -= 20

    def _figures(self, report: ShiftReport) -> Iterator[tuple[str, str, str]]:
        _ = self.words.t
        yield _("Opened"), report.opened_by, _moment(report.opened_at)
        yield _("Closed"), report.closed_by, _moment(report.closed_at)
        yield _("Goods"), "", yuan_text(Money(report.goods_fen))
        yield _("Discounts"), "", yuan_text(Money(-report.cut_fen))
        if report.card_fen:
            yield _("Taken by cards"), "", yuan_text(Money(-report.card_fen))
        yield _("Rounding"), "", yuan_text(Money(report.rounding_fen))
        yield _("Refunds"), f"{report.refunds:,}", yuan_text(Money(-report.refund_fen))
        yield _("among them voids"), f"{report.voids:,}", yuan_text(Money(-report.void_fen))
        yield _("Top-ups and cards"), "", yuan_text(Money(report.top_up_fen))
        if report.settled_fen:
            yield _("Debts paid"), "", yuan_text(Money(report.settled_fen))
        yield _("Sold to members"), f"{report.member_sales:,}", yuan_text(Money(report.member_fen))

    def _drawer(self, report: ShiftReport) -> Iterator[tuple[str, str, str]]:
        _ = self.words.t
        yield _("Float"), "", yuan_text(Money(report.float_fen))
        yield _("Cash in"), "", yuan_text(Money(report.cash_in_fen))
        yield _("Cash out"), "", yuan_text(Money(-report.cash_out_fen))
        yield _("Expense"), "", yuan_text(Money(-report.expense_fen))
        yield _("To the safe"), "", yuan_text(Money(-report.drop_fen))
        yield _("Left as the next float"), "", yuan_text(Money(report.left_fen)) if report.closed_at else "–"
        yield _("Drawer openings"), "", f"{report.openings:,}"
        yield _("without a sale"), "", f"{report.no_sale:,}"
        yield _("Grand total of this till"), "", yuan_text(Money(report.grand_fen))

    def _list(self, title: str, left: float, rows: tuple[tuple[str, str, str], ...]) -> None:
        self.title(title, left)
        for name, middle, text in rows:
            self.row(left, HALF, name, middle, text)

    def _cashiers(self, report: ShiftReport) -> Iterator[tuple[str, str, str]]:
        for row in report.cashiers:
            yield row.cashier, f"{row.sales:,}", yuan_text(Money(row.due_fen))


def _signed(fen: int) -> str:
    return f"+{yuan_text(Money(fen))}" if fen > 0 else yuan_text(Money(fen))


def _moment(at: str) -> str:
    return at[5:16].replace("T", " ") or "–"
