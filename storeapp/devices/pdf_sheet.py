"""PDF sheet: an A4 page written from the top down, in the house's type and colours."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from storeapp import resources
from storeapp.domain.money import Money, yuan
from storeapp.words import Words

WIDTH, HEIGHT = 595.28, 841.89  # A4 in points
MARGIN = 44.0
INNER = WIDTH - 2 * MARGIN
GAP = 24.0
HALF = (INNER - GAP) / 2
INK, MUTED, LINE, BRAND, TINT = "#101828", "#5B687A", "#E1E6ED", "#0B6B57", "#E3F3EE"
ROW = 21.0
_REGULAR, _BOLD = "NotoSansSC", "NotoSansSC-Bold"
_BOX_HEIGHT = 52.0
_CHART_HEIGHT, _CHART_LEAST = 116.0, 46.0


Sheet = TypeVar("Sheet", bound="PdfSheet")


def new_canvas(title: str) -> tuple[io.BytesIO, Any]:
    """A file in memory and the canvas that fills it. The same sheet always gives the same bytes."""
    # deferred: 0.2 s, and a report is made once a day
    from reportlab.pdfgen.canvas import Canvas

    _register_fonts()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=True)
    canvas.setTitle(title)
    return file, canvas


def pdf_of(
    make: Callable[[Any, Words], Sheet],
    fill: Callable[[Sheet], None],
    *,
    name: str,
    title: str,
    day: str,
    shop: str,
    till: str,
    words: Words,
) -> bytes:
    """A file of one kind of sheet, headed by the shop, the day (ISO date) and `title`, over as many pages as it takes.

    A reader calls it by the shop and `name`. The same content always gives the same bytes.
    """
    file, canvas = new_canvas(f"{shop} {name}")
    sheet = make(canvas, words)
    sheet.head(shop, till, day, title)
    fill(sheet)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


class PdfSheet:
    """Writes from the top down; `y` is the baseline or edge reached, in points from the bottom."""

    def __init__(self, canvas: Any, words: Words) -> None:
        self.canvas, self.words = canvas, words
        self.y = HEIGHT - MARGIN

    def head(self, shop: str, till: str, day: str, title: str) -> None:
        """The shop and the business day (ISO date), and below what sheet this is."""
        self.y -= 18
        self.text(MARGIN, self.y, fitted(shop, 18, INNER - 130), 18, bold=True)
        self.right(WIDTH - MARGIN, self.y, day, 14, bold=True)
        self.y -= 18
        self.text(MARGIN, self.y, title, 10, colour=MUTED)
        said = self.words.t("till {name}").format(name=till)
        self.right(WIDTH - MARGIN, self.y, f"{self._weekday(day)} · {said}", 10, colour=MUTED)
        self.y -= 14
        self.rule(MARGIN, WIDTH - MARGIN)
        self.y -= 18

    def boxes(self, shown: tuple[tuple[str, str], ...]) -> None:
        """The figures that matter, side by side, the first of them in green."""
        width = (INNER - 10 * (len(shown) - 1)) / len(shown)
        self.y -= _BOX_HEIGHT
        for place, (name, figure) in enumerate(shown):
            left = MARGIN + place * (width + 10)
            self.canvas.setFillColor(TINT)
            self.canvas.roundRect(left, self.y, width, _BOX_HEIGHT, 6, stroke=0, fill=1)
            self.text(left + 10, self.y + 34, name, 9, colour=MUTED)
            self.text(left + 10, self.y + 13, figure, 16, bold=True, colour=BRAND if place == 0 else INK)
        self.y -= 30

    def hours(self, per_hour: Mapping[int, Money]) -> None:
        """A bar for each hour, from the first that is told to the last, past midnight where they go on there."""
        # rather lower than on a page of its own
        self.keep(_CHART_LEAST + 30)
        height = min(_CHART_HEIGHT, self.y - MARGIN / 2 - 30)
        self.title(self.words.t("By hour"), MARGIN)
        self.y -= height + 12
        told = tuple(per_hour) or (0,)
        first, many = told[0], (told[-1] - told[0]) % 24 + 1
        most = max([1, *(amount.fen for amount in per_hour.values())])
        step = INNER / many
        for place in range(many) if per_hour else ():
            centre, hour = MARGIN + (place + 0.5) * step, (first + place) % 24
            found = per_hour.get(hour)
            if found is not None:
                high = (height - 24) * max(0, found.fen) / most
                wide = min(26.0, step * 0.62)
                self.canvas.setFillColor(BRAND)
                self.canvas.rect(centre - wide / 2, self.y + 12, wide, high, stroke=0, fill=1)
                self.centred(centre, self.y + 16 + high, _above(found, step), 8)
            self.centred(centre, self.y, f"{hour:02d}", 8, colour=MUTED)
        if per_hour:
            self.canvas.setStrokeColor(LINE)
            self.canvas.line(MARGIN, self.y + 11.5, WIDTH - MARGIN, self.y + 11.5)
        self.y -= 26

    def title(self, words: str, left: float) -> None:
        self.y -= 12
        self.text(left, self.y, words, 12, bold=True)
        self.y -= 6

    def row(self, left: float, width: float, name: str, middle: str, amount: str, *, bold: bool = False) -> None:
        """One line of a list: a name, something muted, and an amount at the edge."""
        self.y -= ROW
        room = width - (150 if middle else 90)
        self.text(left, self.y + 6, fitted(name, 10, room), 10, bold=bold)
        self.right(left + width - 78, self.y + 6, middle, 10, colour=INK if bold else MUTED)
        self.right(left + width, self.y + 6, amount, 10, bold=bold)
        self.rule(left, left + width)

    def keep(self, height: float) -> None:
        """What comes next is so high and stays together: on a new page if this one has no room for it."""
        if self.y - height < MARGIN / 2:
            self.canvas.showPage()
            self.y = HEIGHT - MARGIN

    def rule(self, left: float, right: float) -> None:
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.7)
        self.canvas.line(left, self.y, right, self.y)

    def text(self, x: float, y: float, text: str, size: float, *, bold: bool = False, colour: str = INK) -> None:
        self.canvas.setFont(_BOLD if bold else _REGULAR, size)
        self.canvas.setFillColor(colour)
        self.canvas.drawString(x, y, text)

    def right(self, x: float, y: float, text: str, size: float, *, bold: bool = False, colour: str = INK) -> None:
        self.text(x - _wide(text, size, bold=bold), y, text, size, bold=bold, colour=colour)

    def centred(self, x: float, y: float, text: str, size: float, *, colour: str = INK) -> None:
        self.text(x - _wide(text, size) / 2, y, text, size, colour=colour)

    def _weekday(self, day: str) -> str:
        _ = self.words.t
        names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
        return names[date.fromisoformat(day).weekday()]


def _above(amount: Money, room: float) -> str:
    """What stands above a bar: to the fen where there is room for it, else to the nearest yuan."""
    exact = f"{'−' if amount.fen < 0 else ''}{yuan(Money(abs(amount.fen)), grouped=True)}"
    return exact if _wide(exact, 8) < room else f"{(amount.fen + 50) // 100:,}"


def yuan_text(amount: Money) -> str:
    """`−¥1,234.50`."""
    return f"{'−' if amount.fen < 0 else ''}¥{yuan(Money(abs(amount.fen)), grouped=True)}"


def fitted(text: str, size: float, room: float) -> str:
    """`text` with its middle left out where it is too wide: the pack size stands at the end."""
    keep = len(text)
    shown = text
    while keep > 4 and _wide(shown, size, bold=True) > room:
        keep -= 1
        shown = f"{text[: keep - keep // 3]}…{text[-(keep // 3) :]}"
    return shown


def broken(text: str, size: float, room: float) -> list[str]:
    """`text` in lines of at most that width, broken at a blank in a line's second half if it has one."""
    lines: list[str] = []
    while _wide(text, size, bold=True) > room:
        end = next(end for end in range(len(text), 0, -1) if end == 1 or _wide(text[:end], size, bold=True) <= room)
        blank = text.rfind(" ", end // 2 + 1, end + 1)
        end = blank if blank > 0 else end
        lines.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*lines, text] if text else lines


def _wide(text: str, size: float, *, bold: bool = False) -> float:
    # deferred with the rest of the library
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, _BOLD if bold else _REGULAR, size))


def _register_fonts() -> None:
    """Loaded once a process: the library keeps its fonts globally."""
    # deferred with the rest of the library
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in ((_REGULAR, "NotoSansSC-Regular.ttf"), (_BOLD, "NotoSansSC-Bold.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, resources.path("fonts", file)))
