"""ESC/POS: receipt rows as the bytes of one print job.

Chinese is sent as GBK behind FS &, never through the library's text(), which falls back to code pages and four-byte
GB18030 and can print a wrong price. Size is GS ! alone: ESC ! leaves hanzi small.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from storeapp import resources
from storeapp.devices.conversation import CONFIRM
from storeapp.devices.printer_profile import PrinterProfile
from storeapp.devices.raster import RowPainter, bands, barcode_image, picture_image, qr_image, raster_command
from storeapp.domain.code128 import command_data
from storeapp.domain.receipt_layout import BarcodeRow, CutRow, FeedRow, PictureRow, QrRow, Row, RuleRow, TextRow

if TYPE_CHECKING:
    from PIL import Image

_QR_LEVEL_M = 1
_LINE_DOTS = 30
_CELL_DOTS = 24
_TEAR_FEED_DOTS = 120


def build(rows: Sequence[Row], profile: PrinterProfile) -> bytes:
    """The job that prints `rows`; asks for proof at its end if the printer gives any."""
    job = EscposJob(profile)
    for row in rows:
        job.add(row)
    return job.finished()


def drawer_kick(profile: PrinterProfile) -> bytes:
    """A job of its own, sent before the receipt: behind text it would wait for paper."""
    printer = _dummy()
    printer.cashdraw(profile.drawer_pin)
    return bytes(printer.output)


class EscposJob:
    """One job being put together."""

    def __init__(self, profile: PrinterProfile) -> None:
        self._profile = profile
        self._printer = _dummy()
        self._painter: RowPainter | None = None
        self._size, self._bold, self._align = (1, 1), False, "left"
        self._printer.hw("INIT")
        # half the market powers up in Chinese mode, the other half outside it
        self.raw(b"\x1c&" if profile.chinese_rom else b"\x1c.")
        self.raw(b"\x1bt\x00")

    def finished(self) -> bytes:
        """Everything so far, with the question for proof."""
        return bytes(self._printer.output) + (CONFIRM if self._profile.answers else b"")

    def raw(self, data: bytes) -> None:
        """`data` as it is."""
        self._printer._raw(data)

    def add(self, row: Row) -> None:
        """One more row."""
        match row:
            case TextRow():
                self.text(row)
            case RuleRow():
                self.text(TextRow("-" * self._profile.columns))
            case QrRow():
                self.qr(row, native=self._profile.native_qr)
            case PictureRow():
                self.picture(row)
            case BarcodeRow():
                self.barcode(row, by_printer=self._profile.hw_barcode)
            case FeedRow():
                self.feed(row.dots)
            case CutRow():
                self.cut()

    def text(self, row: TextRow) -> None:
        """A line: the printer's own characters where it has them all, else a picture of the whole line."""
        text = row.text(self._profile.columns)
        if row.is_drawn or not (self._profile.chinese_rom or text.isascii()):
            self._draw(row)
            return
        self._look((row.width_factor, row.height_factor), row.bold, row.align)
        self.raw(text.encode("gbk") + b"\n")

    def qr(self, row: QrRow, *, native: bool) -> None:
        """A QR code, by the printer's own command or as a picture."""
        self._look((1, 1), False, "center")
        if native:
            self._printer.qr(row.data, ec=_QR_LEVEL_M, size=row.module_dots, native=True)
        else:
            self._image(qr_image(row.data, module_dots=row.module_dots))

    def picture(self, row: PictureRow) -> None:
        """A picture, left out if it is none."""
        image = picture_image(row.png, side_dots=row.side_dots)
        if image is not None:
            self._look((1, 1), False, "center")
            self._image(image)

    def barcode(self, row: BarcodeRow, *, by_printer: bool) -> None:
        """A CODE128, by the printer's own command or as a picture."""
        self._look((1, 1), False, "center")
        if by_printer:
            data = command_data(row.data)
            self.raw(bytes((0x1D, 0x68, row.height_dots, 0x1D, 0x77, row.module_dots, 0x1D, 0x48, 0)))
            self.raw(bytes((0x1D, 0x6B, 73, len(data))) + data)
        else:
            self._image(barcode_image(row.data, module_dots=row.module_dots, height_dots=row.height_dots))

    def feed(self, dots: int) -> None:
        """White paper."""
        while dots > 0:
            self.raw(b"\x1bJ" + bytes((min(dots, 255),)))
            dots -= 255

    def cut(self) -> None:
        """Feed to the blade and cut, or feed to the tearing edge."""
        self._look((1, 1), False, "left")
        if self._profile.cutter:
            # GS V 66 0; the library's other form cuts where the blade stands, through the last lines
            self._printer.cut(feed=False)
        else:
            self.feed(_TEAR_FEED_DOTS)

    def _look(self, size: tuple[int, int], bold: bool, align: str) -> None:
        if size != self._size:
            self._printer.set(custom_size=True, width=size[0], height=size[1])
        if bold != self._bold:
            self._printer.set(bold=bold)
        if align != self._align:
            self._printer.set(align=align)
        self._size, self._bold, self._align = size, bold, align

    def _draw(self, row: TextRow) -> None:
        if self._painter is None:
            self._painter = RowPainter(resources.path("fonts", "NotoSansSC-Regular.ttf"))
        # the row is painted from the paper's edge: its place does not depend on ESC a, which some ignore for pictures
        self._look((1, 1), False, "left")
        self._image(self._painter.paint(row, paper_columns=self._profile.columns))
        self.feed(_LINE_DOTS - _CELL_DOTS)

    def _image(self, image: Image.Image) -> None:
        for band in bands(image):
            self.raw(raster_command(band))


def _dummy() -> Any:
    """The library's printer without a cable."""
    if "escpos" not in sys.modules:
        _first_import()
    # deferred: half a second, paid in the print worker and never at the start of the window
    from escpos.printer import Dummy

    return Dummy()


def _first_import() -> None:
    """Imports the library and undoes what that does to others: it takes over the root logger, and litters temp.

    It keeps its printer list in a file that two processes write at once and that a power cut leaves half written, and
    then never starts again. So it gets a short list of ours, and a folder for its file that is gone afterwards.
    """
    root = logging.getLogger()
    handlers = root.handlers[:]
    with tempfile.TemporaryDirectory(prefix="storeapp-escpos-") as folder:
        os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = folder
        os.environ["ESCPOS_CAPABILITIES_FILE"] = str(resources.path("printer", "capabilities.json"))
        # it makes a folder of its own besides, at every start
        before, tempfile.tempdir = tempfile.tempdir, folder
        try:
            importlib.import_module("escpos.printer")
        finally:
            tempfile.tempdir = before
    root.handlers[:] = handlers
