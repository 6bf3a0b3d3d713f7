"""The canvas: everything on the roll as one picture, white paper and black dots."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image

from storeapp.devices.paper import qr
from storeapp.devices.paper.glyphs import Glyphs
from storeapp.devices.paper.ink import Bars, Bitmap, Glyph, Mark, QrSymbol, Shape

_WHITE, _BLACK = 255, 0


def picture(marks: Iterable[Mark], glyphs: Glyphs, *, width: int, height: int) -> Image.Image:
    page = Image.new("L", (width, max(height, 1)), _WHITE)
    for mark in marks:
        # black is laid over what is there: dots once burnt stay burnt
        page.paste(_BLACK, (mark.x, mark.y), _mask(mark.shape, glyphs))
    return page


def _mask(shape: Shape, glyphs: Glyphs) -> Image.Image:
    if isinstance(shape, Glyph):
        return glyphs.mask(shape)
    if isinstance(shape, QrSymbol):
        return qr.mask(shape)
    return _bars(shape) if isinstance(shape, Bars) else _bitmap(shape)


def _bars(bars: Bars) -> Image.Image:
    image = Image.new("L", (bars.width, bars.height))
    x = 0
    for index, modules in enumerate(bars.widths):
        end = x + modules * bars.module_dots
        if index % 2 == 0:
            image.paste(255, (x, 0, end, bars.height))
        x = end
    return image


def _bitmap(bitmap: Bitmap) -> Image.Image:
    image = Image.frombytes("1", (bitmap.width_bytes * 8, bitmap.row_count), bitmap.rows)
    if (bitmap.x_scale, bitmap.y_scale) == (1, 1):
        return image
    return image.resize((bitmap.width, bitmap.height), Image.Resampling.NEAREST)
