"""Report PDF: the business day on one sheet of A4: takings, ways to pay, hours, goods and the loop."""

from __future__ import annotations

from collections.abc import Sequence

from storeapp.devices.pdf_sheet import (
    BRAND,
    GAP,
    HALF,
    INNER,
    LINE,
    MARGIN,
    MUTED,
    ROW,
    PdfSheet,
    pdf_of,
    yuan_text,
)
from storeapp.domain.day_report import DayReport, Good
from storeapp.domain.money import Money
from storeapp.domain.quantity import as_decimal
from storeapp.domain.tender_names import tender_name
from storeapp.words import Words


def report_pdf(report: DayReport, *, shop: str, till: str, words: Words) -> bytes:
    """One page. The same report always gives the same bytes."""
    return pdf_of(
        _Sheet,
        lambda sheet: sheet.fill(report),
        name=report.business_date,
        title=words.t("Day report"),
        day=report.business_date,
        shop=shop,
        till=till,
        words=words,
    )


class _Sheet(PdfSheet):
    """The day, from the top down."""

    def fill(self, report: DayReport) -> None:
        self.figures(report)
        self.taken_and_loop(report)
        self.hours({hour.hour: hour.amount for hour in report.hours})
        self.goods(report.goods)

    def figures(self, report: DayReport) -> None:
        _ = self.words.t
        average = Money(report.amount.fen // report.sales) if report.sales else Money(0)
        shown = (
            (_("Takings"), yuan_text(report.amount)),
            (_("Sales"), f"{report.sales:,}"),
            (_("Average"), yuan_text(average)),
            (_("To members"), f"{report.member_sales:,}"),
            (_("New members"), f"{report.new_members:,}"),
        )
        self.boxes(shown)

    def taken_and_loop(self, report: DayReport) -> None:
        _, top = self.words.t, self.y
        self.title(_("Taken by"), MARGIN)
        for taken in report.taken:
            self.row(MARGIN, HALF, tender_name(taken.kind, self.words), f"{taken.sales:,}", yuan_text(taken.amount))
        self.row(MARGIN, HALF, _("Together"), f"{report.sales:,}", yuan_text(report.amount), bold=True)
        if report.refunds:
            self.row(MARGIN, HALF, _("given back"), f"{report.refunds:,}", yuan_text(-report.refunded))
            self.row(MARGIN, HALF, _("left of it"), "", yuan_text(report.net), bold=True)
        for name, off in ((_("discounts"), report.cut), (_("taken by cards"), report.carded)):
            if off:
                self.row(MARGIN, HALF, name, "", yuan_text(-off))
        if report.topped_up:
            self.row(MARGIN, HALF, _("paid ahead"), "", yuan_text(report.topped_up))
        bottom, self.y = self.y, top
        self._loop(report, MARGIN + HALF + GAP)
        self.y = min(bottom, self.y) - 26

    def _loop(self, report: DayReport, left: float) -> None:
        _, loop = self.words.t, report.loop
        self.title(_("What became of the receipts"), left)
        steps = (
            (_("printed"), loop.printed),
            (_("opened"), loop.opened),
            (_("claimed"), loop.claimed),
            (_("redeemed"), loop.redeemed),
            (_("bought again"), loop.bought_again),
        )
        room = HALF - 78 - 72
        for name, count in steps:
            self.y -= ROW
            self.text(left, self.y + 6, name, 10)
            self.canvas.setFillColor(LINE)
            self.canvas.rect(left + 78, self.y + 4, room, 10, stroke=0, fill=1)
            self.canvas.setFillColor(BRAND)
            self.canvas.rect(left + 78, self.y + 4, room * count / max(1, loop.printed), 10, stroke=0, fill=1)
            self.right(left + HALF - 40, self.y + 6, f"{count:,}", 10, bold=True)
            if loop.printed:
                self.right(left + HALF, self.y + 6, f"{count * 100 // loop.printed}%", 10, colour=MUTED)

    def goods(self, goods: Sequence[Good]) -> None:
        self.title(self.words.t("Goods that brought most"), MARGIN)
        for good in goods:
            quantity = f"{as_decimal(good.quantity_milli)} {good.unit}".rstrip()
            self.row(MARGIN, INNER, good.name, quantity, yuan_text(good.amount))
