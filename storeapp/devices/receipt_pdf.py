"""Receipt PDF: the same rows on a page as wide as the paper, letters as letters and codes as lines."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from PIL import ImageOps

from storeapp import resources
from storeapp.devices.paper.barcodes import code128
from storeapp.devices.printer_profile import PrinterProfile
from storeapp.devices.raster import picture_image, qr_modules
from storeapp.domain.code128 import QUIET_MODULES, command_data
from storeapp.domain.printing import COLUMN_DOTS
from storeapp.domain.receipt_layout import (
    BarcodeRow,
    CutRow,
    FeedRow,
    PictureRow,
    QrRow,
    Row,
    RuleRow,
    TextRow,
)
from storeapp.domain.receipt_text import columns

_DOT = 72 / 25.4 / 8
"""One printer dot in points."""
_MARGIN_DOTS = 32
_LINE_DOTS = 30
_CELL_DOTS = 24
_BASELINE_DOTS = 21
_FONTS = {False: ("NotoSansSC", "NotoSansSC-Regular.ttf"), True: ("NotoSansSC-Bold", "NotoSansSC-Bold.ttf")}
_MISSING = "□"
# what stands between two blanks is a cell of the receipt's table
_CELL = re.compile(r"\S+(?: \S+)*")


def receipt_pdf(rows: Sequence[Row], profile: PrinterProfile, *, title: str) -> bytes:
    """One page as long as the receipt. The same rows always give the same bytes."""
    # deferred: 0.2 s, and few receipts become a PDF
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    height = sum(_height(row, profile) for row in rows) + 2 * _MARGIN_DOTS
    width = profile.paper_mm * 8
    canvas = Canvas(file, pagesize=(width * _DOT, height * _DOT), invariant=True)
    canvas.setTitle(title)
    page = _Page(canvas, profile, left=(width - profile.dots) / 2, height=height)
    for row in rows:
        page.add(row)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Page:
    """Counts in printer dots from the top left."""

    def __init__(self, canvas: Any, profile: PrinterProfile, *, left: float, height: float) -> None:
        self._canvas = canvas
        self._profile = profile
        self._left = left
        self._height = height
        self._y = float(_MARGIN_DOTS)
        self._glyphs = {bold: _registered(bold) for bold in _FONTS}

    def add(self, row: Row) -> None:
        if isinstance(row, TextRow):
            self._text(row)
        elif isinstance(row, RuleRow):
            self._bars([6] * (self._profile.dots // 6), 0, self._y + _LINE_DOTS / 2, 1, 1)
        elif isinstance(row, QrRow):
            modules = qr_modules(row.data)
            left = (self._profile.dots - len(modules) * row.module_dots) / 2
            for number, line in enumerate(modules):
                self._bars(_runs(line), left, self._y + number * row.module_dots, row.module_dots, row.module_dots)
        elif isinstance(row, PictureRow):
            self._picture(row)
        elif isinstance(row, BarcodeRow):
            _, widths = code128(command_data(row.data))
            # no head's dots to keep to here: as wide as the paper allows reads better from a screen
            module = min(3.0, self._profile.dots / (sum(widths) + 2 * QUIET_MODULES))
            left = (self._profile.dots - sum(widths) * module) / 2
            self._bars(widths, left, self._y, module, row.height_dots)
        self._y += _height(row, self._profile)

    def _bars(self, widths: Sequence[int], left: float, top: float, module: float, height: float) -> None:
        """Bars and gaps in turn, a bar first."""
        x = left
        for index, width in enumerate(widths):
            if width and index % 2 == 0:
                self._canvas.rect(
                    (self._left + x) * _DOT,
                    (self._height - top - height) * _DOT,
                    width * module * _DOT,
                    height * _DOT,
                    stroke=0,
                    fill=1,
                )
            x += width * module

    def _picture(self, row: PictureRow) -> None:
        # deferred with the rest of the library
        from reportlab.lib.utils import ImageReader

        image = picture_image(row.png, side_dots=row.side_dots)
        if image is not None:
            shown = ImageReader(ImageOps.invert(image.convert("L")))
            left = self._left + (self._profile.dots - row.side_dots) / 2
            bottom = self._height - self._y - row.side_dots
            side = row.side_dots * _DOT
            self._canvas.drawImage(shown, left * _DOT, bottom * _DOT, side, side)

    def _text(self, row: TextRow) -> None:
        text = row.text(self._profile.columns)
        cell = COLUMN_DOTS * row.width_factor
        spare = self._profile.dots - columns(text) * cell
        start = spare / 2 if row.align == "center" else 0
        for found in _CELL.finditer(text):
            room = columns(found[0]) * cell
            x = start + columns(text[: found.start()]) * cell
            self._cell(found[0], x, room, row, at_right=found.start() > 0)

    def _cell(self, text: str, x: float, room: float, row: TextRow, *, at_right: bool) -> None:
        """`text` in its columns: squeezed where it is wider, at the right edge where a column of amounts wants it."""
        glyphs = self._glyphs[row.bold]
        shown = "".join(char if ord(char) in glyphs.face.charToGlyph else _MISSING for char in text)
        size = _CELL_DOTS * row.height_factor * _DOT
        natural = glyphs.stringWidth(shown, size) / _DOT
        squeeze = min(room / natural, row.width_factor / row.height_factor) if natural else 1.0
        if row.align == "center":
            x += (room - natural * squeeze) / 2
        elif at_right:
            x += room - natural * squeeze
        line = self._canvas.beginText()
        line.setFont(_FONTS[row.bold][0], size)
        line.setHorizScale(100 * squeeze)
        line.setTextOrigin(
            (self._left + x) * _DOT, (self._height - self._y - _BASELINE_DOTS * row.height_factor) * _DOT
        )
        line.textOut(shown)
        line.setHorizScale(100)
        self._canvas.drawText(line)


def _height(row: Row, profile: PrinterProfile) -> float:
    if isinstance(row, TextRow):
        return max(_LINE_DOTS, _CELL_DOTS * row.height_factor)
    if isinstance(row, RuleRow):
        return _LINE_DOTS
    if isinstance(row, QrRow):
        return len(qr_modules(row.data)) * row.module_dots
    if isinstance(row, PictureRow):
        return row.side_dots
    if isinstance(row, BarcodeRow):
        return row.height_dots
    if isinstance(row, FeedRow):
        return row.dots
    assert isinstance(row, CutRow)
    return 0


def _runs(modules: Sequence[bool]) -> list[int]:
    """Lengths of black and white in turn, black first (perhaps of length 0)."""
    runs, black = [0], True
    for module in modules:
        if module is black:
            runs[-1] += 1
        else:
            runs.append(1)
            black = module
    return runs


def _registered(bold: bool) -> Any:
    """The font, loaded once a process: the library keeps its fonts globally."""
    # deferred with the rest of the library
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    name, file = _FONTS[bold]
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, resources.path("fonts", file)))
    return pdfmetrics.getFont(name)
