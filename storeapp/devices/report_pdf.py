"""Report PDF: the business day on one sheet of A4: takings, ways to pay, hours, goods and the loop."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from storeapp import resources
from storeapp.domain.day_report import DayReport, Good
from storeapp.domain.money import Money, yuan
from storeapp.domain.quantity import as_decimal
from storeapp.domain.tender_names import tender_name
from storeapp.words import Words

_WIDTH, _HEIGHT = 595.28, 841.89  # A4 in points
_MARGIN = 44.0
_INNER = _WIDTH - 2 * _MARGIN
_GAP = 24.0
_HALF = (_INNER - _GAP) / 2
_INK, _MUTED, _LINE, _BRAND, _TINT = "#101828", "#5B687A", "#E1E6ED", "#0B6B57", "#E3F3EE"
_REGULAR, _BOLD = "NotoSansSC", "NotoSansSC-Bold"
_ROW = 21.0
_CHART_HEIGHT = 116.0


def report_pdf(report: DayReport, *, shop: str, till: str, words: Words) -> bytes:
    """One page. The same report always gives the same bytes."""
    # deferred: 0.2 s, and a report is made once a day
    from reportlab.pdfgen.canvas import Canvas

    _register_fonts()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(_WIDTH, _HEIGHT), invariant=True)
    canvas.setTitle(f"{shop} {report.business_date}")
    sheet = _Sheet(canvas, words)
    sheet.head(shop, till, report.business_date)
    sheet.figures(report)
    sheet.taken_and_loop(report)
    sheet.hours(report)
    sheet.goods(report.goods)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Sheet:
    """Writes from the top down; `y` is the baseline or edge reached, in points from the bottom."""

    def __init__(self, canvas: Any, words: Words) -> None:
        self._canvas, self._words = canvas, words
        self._y = _HEIGHT - _MARGIN

    def head(self, shop: str, till: str, day: str) -> None:
        _ = self._words.t
        self._y -= 18
        self._text(_MARGIN, self._y, _fitted(shop, 18, _INNER - 130), 18, bold=True)
        self._right(_WIDTH - _MARGIN, self._y, day, 14, bold=True)
        self._y -= 18
        self._text(_MARGIN, self._y, _("Day report"), 10, colour=_MUTED)
        said = _("till {name}").format(name=till)
        self._right(_WIDTH - _MARGIN, self._y, f"{self._weekday(day)} · {said}", 10, colour=_MUTED)
        self._y -= 14
        self._rule(_MARGIN, _WIDTH - _MARGIN)
        self._y -= 18

    def figures(self, report: DayReport) -> None:
        _ = self._words.t
        average = Money(report.amount.fen // report.sales) if report.sales else Money(0)
        shown = (
            (_("Takings"), _yuan(report.amount)),
            (_("Sales"), f"{report.sales:,}"),
            (_("Average"), _yuan(average)),
            (_("To members"), f"{report.member_sales:,}"),
            (_("New members"), f"{report.new_members:,}"),
        )
        width = (_INNER - 10 * (len(shown) - 1)) / len(shown)
        self._y -= 52
        for place, (name, figure) in enumerate(shown):
            left = _MARGIN + place * (width + 10)
            self._canvas.setFillColor(_TINT)
            self._canvas.roundRect(left, self._y, width, 52, 6, stroke=0, fill=1)
            self._text(left + 10, self._y + 34, name, 9, colour=_MUTED)
            self._text(left + 10, self._y + 13, figure, 16, bold=True, colour=_BRAND if place == 0 else _INK)
        self._y -= 30

    def taken_and_loop(self, report: DayReport) -> None:
        _, top = self._words.t, self._y
        self._title(_("Taken by"), _MARGIN)
        for taken in report.taken:
            self._row(_MARGIN, _HALF, tender_name(taken.kind, self._words), f"{taken.sales:,}", _yuan(taken.amount))
        self._row(_MARGIN, _HALF, _("Together"), f"{report.sales:,}", _yuan(report.amount), bold=True)
        bottom, self._y = self._y, top
        self._loop(report, _MARGIN + _HALF + _GAP)
        self._y = min(bottom, self._y) - 26

    def _loop(self, report: DayReport, left: float) -> None:
        _, loop = self._words.t, report.loop
        self._title(_("What became of the receipts"), left)
        steps = (
            (_("printed"), loop.printed),
            (_("opened"), loop.opened),
            (_("claimed"), loop.claimed),
            (_("redeemed"), loop.redeemed),
            (_("bought again"), loop.bought_again),
        )
        room = _HALF - 78 - 72
        for name, count in steps:
            self._y -= _ROW
            self._text(left, self._y + 6, name, 10)
            self._canvas.setFillColor(_LINE)
            self._canvas.rect(left + 78, self._y + 4, room, 10, stroke=0, fill=1)
            self._canvas.setFillColor(_BRAND)
            self._canvas.rect(left + 78, self._y + 4, room * count / max(1, loop.printed), 10, stroke=0, fill=1)
            self._right(left + _HALF - 40, self._y + 6, f"{count:,}", 10, bold=True)
            if loop.printed:
                self._right(left + _HALF, self._y + 6, f"{count * 100 // loop.printed} %", 10, colour=_MUTED)

    def hours(self, report: DayReport) -> None:
        self._title(self._words.t("By hour"), _MARGIN)
        self._y -= _CHART_HEIGHT + 12
        if report.hours:
            first, last = report.hours[0].hour, report.hours[-1].hour
            per_hour = {hour.hour: hour for hour in report.hours}
            most = max(1, *(hour.amount.fen for hour in report.hours))
            step = _INNER / (last - first + 1)
            for hour in range(first, last + 1):
                centre = _MARGIN + (hour - first + 0.5) * step
                found = per_hour.get(hour)
                if found is not None:
                    high = (_CHART_HEIGHT - 24) * max(0, found.amount.fen) / most
                    wide = min(26.0, step * 0.62)
                    self._canvas.setFillColor(_BRAND)
                    self._canvas.rect(centre - wide / 2, self._y + 12, wide, high, stroke=0, fill=1)
                    self._centred(centre, self._y + 16 + high, f"{found.amount.fen // 100:,}", 8)
                self._centred(centre, self._y, f"{hour:02d}", 8, colour=_MUTED)
            self._canvas.setStrokeColor(_LINE)
            self._canvas.line(_MARGIN, self._y + 11.5, _WIDTH - _MARGIN, self._y + 11.5)
        self._y -= 26

    def goods(self, goods: Sequence[Good]) -> None:
        self._title(self._words.t("Goods that brought most"), _MARGIN)
        for good in goods:
            quantity = f"{as_decimal(good.quantity_milli)} {good.unit}".rstrip()
            self._row(_MARGIN, _INNER, good.name, quantity, _yuan(good.amount))

    def _title(self, words: str, left: float) -> None:
        self._y -= 12
        self._text(left, self._y, words, 12, bold=True)
        self._y -= 6

    def _row(self, left: float, width: float, name: str, middle: str, amount: str, *, bold: bool = False) -> None:
        self._y -= _ROW
        self._text(left, self._y + 6, _fitted(name, 10, width - 150), 10, bold=bold)
        self._right(left + width - 78, self._y + 6, middle, 10, colour=_INK if bold else _MUTED)
        self._right(left + width, self._y + 6, amount, 10, bold=bold)
        self._rule(left, left + width)

    def _rule(self, left: float, right: float) -> None:
        self._canvas.setStrokeColor(_LINE)
        self._canvas.setLineWidth(0.7)
        self._canvas.line(left, self._y, right, self._y)

    def _text(self, x: float, y: float, text: str, size: float, *, bold: bool = False, colour: str = _INK) -> None:
        self._canvas.setFont(_BOLD if bold else _REGULAR, size)
        self._canvas.setFillColor(colour)
        self._canvas.drawString(x, y, text)

    def _right(self, x: float, y: float, text: str, size: float, *, bold: bool = False, colour: str = _INK) -> None:
        self._text(x - _wide(text, size, bold=bold), y, text, size, bold=bold, colour=colour)

    def _centred(self, x: float, y: float, text: str, size: float, *, colour: str = _INK) -> None:
        self._text(x - _wide(text, size) / 2, y, text, size, colour=colour)

    def _weekday(self, day: str) -> str:
        _ = self._words.t
        names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
        return names[date.fromisoformat(day).weekday()]


def _yuan(amount: Money) -> str:
    return f"{'−' if amount.fen < 0 else ''}¥{yuan(Money(abs(amount.fen)), grouped=True)}"


def _wide(text: str, size: float, *, bold: bool = False) -> float:
    # deferred with the rest of the library
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, _BOLD if bold else _REGULAR, size))


def _fitted(text: str, size: float, room: float) -> str:
    """`text` with its middle left out where it is too wide: the pack size stands at the end."""
    keep = len(text)
    shown = text
    while keep > 4 and _wide(shown, size, bold=True) > room:
        keep -= 1
        shown = f"{text[: keep - keep // 3]}…{text[-(keep // 3) :]}"
    return shown


def _register_fonts() -> None:
    """Loaded once a process: the library keeps its fonts globally."""
    # deferred with the rest of the library
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in ((_REGULAR, "NotoSansSC-Regular.ttf"), (_BOLD, "NotoSansSC-Bold.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, resources.path("fonts", file)))
