"""Raster: QR codes, barcodes and rows no printer has letters for, as dots. In an image of mode "1", 1 is burnt."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps

from storeapp.devices.paper.barcodes import code128
from storeapp.devices.paper.glyphs import Glyphs
from storeapp.devices.paper.ink import Glyph
from storeapp.domain.code128 import command_data
from storeapp.domain.printing import COLUMN_DOTS
from storeapp.domain.receipt_layout import TextRow
from storeapp.domain.receipt_text import char_columns, columns

CELL_HEIGHT_DOTS = 24
_BAND_ROWS = 120
# printers lose their place when a picture is a multiple of this high
_BAD_ROWS = 48
_QR_MASK = 4
_MOST_PIXELS = 4_000_000

_log = logging.getLogger(__name__)


def qr_modules(data: str) -> list[list[bool]]:
    """The modules of `data` at error correction M, no quiet zone. One fixed mask: trying all eight takes 7 ms."""
    # deferred: only printers without a QR code of their own need it
    import qrcode
    from qrcode.util import QRData

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0, mask_pattern=_QR_MASK)
    code.add_data(QRData(data.encode()))
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]


def qr_image(data: str, *, module_dots: int) -> Image.Image:
    """The QR code, `module_dots` a module."""
    modules = qr_modules(data)
    width = len(modules) * module_dots
    width_bytes = (width + 7) // 8
    rows = b"".join(
        int("".join(("1" if black else "0") * module_dots for black in row).ljust(width_bytes * 8, "0"), 2).to_bytes(
            width_bytes, "big"
        )
        * module_dots
        for row in modules
    )
    return Image.frombytes("1", (width, width), rows)


def barcode_image(data: str, *, module_dots: int, height_dots: int) -> Image.Image:
    """A CODE128 with whole dots a module."""
    _, widths = code128(command_data(data))
    bits = "".join(("0" if index % 2 else "1") * width * module_dots for index, width in enumerate(widths))
    width_bytes = (len(bits) + 7) // 8
    row = int(bits.ljust(width_bytes * 8, "0"), 2).to_bytes(width_bytes, "big")
    return Image.frombytes("1", (len(bits), height_dots), row * height_dots)


def picture_image(png: bytes, *, side_dots: int) -> Image.Image | None:
    """A PNG in a square of black dots, in its own proportions; None if it is none or far too large."""
    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise ValueError(f"{opened.width} x {opened.height}")
            colour = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        # the receipt is worth more than the picture on it
        _log.warning("a picture on the receipt cannot be drawn: %s", error)
        return None
    grey = Image.alpha_composite(Image.new("RGBA", colour.size, "white"), colour).convert("L")
    larger = side_dots // max(grey.size)
    if larger:
        # a small code grows by whole dots, or its modules would differ
        fitting = grey.resize((grey.width * larger, grey.height * larger), Image.Resampling.NEAREST)
    else:
        fitting = ImageOps.contain(grey, (side_dots, side_dots), Image.Resampling.LANCZOS)
    square = Image.new("1", (side_dots, side_dots))
    ink = fitting.point([255 if level < 128 else 0 for level in range(256)]).convert("1")
    square.paste(ink, ((side_dots - ink.width) // 2, (side_dots - ink.height) // 2))
    return square


class RowPainter:
    """Draws text rows in the same cells a printer would use, so that columns stay columns."""

    def __init__(self, font_path: Path) -> None:
        self._glyphs = Glyphs(font_path)

    def paint(self, row: TextRow, *, paper_columns: int) -> Image.Image:
        """The row, from the paper's left edge to its last dot."""
        text = row.text(paper_columns)
        width = columns(text) * COLUMN_DOTS * row.width_factor
        spare = paper_columns * COLUMN_DOTS - width
        x = spare // 2 if row.align == "center" else 0
        painted = Image.new("1", (x + width, CELL_HEIGHT_DOTS * row.height_factor))
        for char in text:
            glyph = Glyph(
                char=char,
                cell_width=char_columns(char) * COLUMN_DOTS,
                cell_height=CELL_HEIGHT_DOTS,
                width_factor=row.width_factor,
                height_factor=row.height_factor,
                bold=row.bold,
            )
            if char != " ":
                painted.paste(self._glyphs.mask(glyph).convert("1"), (x, 0))
            x += glyph.width
        box = painted.getbbox()
        return painted.crop((0, 0, box[2] if box else COLUMN_DOTS, painted.height))


def bands(image: Image.Image) -> Iterator[Image.Image]:
    """`image` in blocks cheap firmware can swallow; the last may get a white row at its end."""
    for top in range(0, image.height, _BAND_ROWS):
        height = min(_BAND_ROWS, image.height - top)
        extra = 1 if height % _BAD_ROWS == 0 else 0
        yield image.crop((0, top, image.width, top + height + extra))


def raster_command(image: Image.Image) -> bytes:
    """GS v 0 with the image's dots."""
    width_bytes = (image.width + 7) // 8
    return b"\x1dv0\x00" + width_bytes.to_bytes(2, "little") + image.height.to_bytes(2, "little") + image.tobytes()
