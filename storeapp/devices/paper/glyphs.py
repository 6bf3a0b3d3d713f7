"""Glyphs: the printer's built-in letters, cut from a font to hard-edged dots in fixed cells."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from storeapp.devices.paper.ink import Glyph

_INK_ABOVE = 100
"""Of 255: from this much grey on a dot is burnt. Higher breaks thin strokes, lower fills dense hanzi."""
_OVERSAMPLING = 6
_HANZI_BASELINE = 21
_LATIN_BASELINE_OF_24 = 20
_LATIN_SQUEEZE = 0.9
"""The font's digits are 13.3 dots wide at 24; the printer's cell has 12."""


class Glyphs:
    """Draws each look once and keeps it. A mask is an image of mode "L", 255 where the dot is black."""

    def __init__(self, font_path: Path) -> None:
        self._font_path = font_path
        self._fonts: dict[int, ImageFont.FreeTypeFont] = {}
        self._masks: dict[Glyph, Image.Image] = {}

    def mask(self, glyph: Glyph) -> Image.Image:
        found = self._masks.get(glyph)
        if found is None:
            found = self._masks[glyph] = self._draw(glyph)
        return found

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        font = self._fonts.get(size)
        if font is None:
            # the basic layout engine: single characters need no shaping, and it is several times faster
            font = ImageFont.truetype(self._font_path, size, layout_engine=ImageFont.Layout.BASIC)
            self._fonts[size] = font
        return font

    def _draw(self, glyph: Glyph) -> Image.Image:
        wide = glyph.cell_width >= glyph.cell_height
        cell = self._wide(glyph) if wide else self._narrow(glyph)
        if glyph.bold:
            # as the printer does it: struck twice, one dot apart
            moved = Image.new("L", cell.size)
            moved.paste(cell, (1, 0))
            cell = ImageChops.lighter(cell, moved)
        step = glyph.gap_left + glyph.cell_width + glyph.gap_right
        mask = Image.new("L", (step, glyph.cell_height))
        mask.paste(cell, (glyph.gap_left, 0))
        if glyph.underline:
            mask.paste(255, (0, glyph.cell_height - glyph.underline, step, glyph.cell_height))
        if (glyph.width_factor, glyph.height_factor) != (1, 1):
            mask = mask.resize((glyph.width, glyph.height), Image.Resampling.NEAREST)
        if glyph.inverse:
            mask = ImageChops.invert(mask)
        return mask.transpose(Image.Transpose.ROTATE_180) if glyph.upside_down else mask

    def _wide(self, glyph: Glyph) -> Image.Image:
        cell = Image.new("L", (glyph.cell_width, glyph.cell_height))
        font = self._font(glyph.cell_height)
        at = (glyph.cell_width // 2, _HANZI_BASELINE)
        ImageDraw.Draw(cell).text(at, glyph.char, font=font, fill=255, anchor="ms")
        return _hard(cell)

    def _narrow(self, glyph: Glyph) -> Image.Image:
        """Drawn large and squeezed to the cell, wide letters more than the rest, so that columns stay exact."""
        width, height = glyph.cell_width, glyph.cell_height
        font = self._font(height * _OVERSAMPLING)
        left, _top, right, _bottom = font.getbbox(glyph.char, anchor="ms")
        reach = int(max(-left, right)) + 1
        large = Image.new("L", (2 * reach, height * _OVERSAMPLING))
        baseline = _LATIN_BASELINE_OF_24 * height * _OVERSAMPLING // 24
        ImageDraw.Draw(large).text((reach, baseline), glyph.char, font=font, fill=255, anchor="ms")
        fitting = round(2 * reach / _OVERSAMPLING * _LATIN_SQUEEZE * width * 2 / height)
        fitting = max(1, min(fitting, width))
        cell = Image.new("L", (width, height))
        cell.paste(large.resize((fitting, height), Image.Resampling.BOX), ((width - fitting) // 2, 0))
        return _hard(cell)


def _hard(grey: Image.Image) -> Image.Image:
    return grey.point([255 if level > _INK_ABOVE else 0 for level in range(256)])
