"""The line buffer: characters and strips of dots gathered until something prints them."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.devices.paper.ink import Bitmap, Glyph
from storeapp.devices.paper.records import CELL_WIDTH_DOTS, Align, TextLine
from storeapp.devices.paper.roll import Roll


@dataclass(frozen=True, slots=True)
class Placed:
    """A shape on the line, `x` dots from the left margin."""

    x: int
    shape: Glyph | Bitmap


class LineBuffer:
    """One line in the making. `x` is where the next character goes, `offset` the byte its first one came from."""

    def __init__(self) -> None:
        self.x = 0
        self.offset = 0
        self.placed: list[Placed] = []
        self.said_too_wide = False

    @property
    def is_empty(self) -> bool:
        return not self.placed

    @property
    def width(self) -> int:
        return max((one.x + one.shape.width for one in self.placed), default=0)

    @property
    def height(self) -> int:
        return max((one.shape.height for one in self.placed), default=0)

    def add(self, offset: int, shape: Glyph | Bitmap) -> None:
        if self.is_empty:
            self.offset = offset
        self.placed.append(Placed(self.x, shape))
        self.x += shape.width

    def text(self) -> str:
        """The characters from left to right; a jump by ESC $ or a tab becomes as many blanks as it is wide."""
        parts: list[str] = []
        end = 0
        for one in sorted(self.placed, key=lambda one: one.x):
            parts.append(" " * round((one.x - end) / CELL_WIDTH_DOTS))
            if isinstance(one.shape, Glyph):
                parts.append(one.shape.char)
            end = one.x + one.shape.width
        return "".join(parts)

    def print_on(self, roll: Roll, *, left: int, area: int, align: Align) -> TextLine:
        """Put the line at the head, bottoms level; the paper is not moved."""
        width, height = self.width, self.height
        start = left + {"left": 0, "center": (area - width) // 2, "right": area - width}[align]
        inked: list[int] = []
        glyphs = [one.shape for one in self.placed if isinstance(one.shape, Glyph)]
        for one in self.placed:
            x, y = start + one.x, roll.y + height - one.shape.height
            if isinstance(one.shape, Glyph):
                if one.shape.is_blank:
                    continue
                inked.append(y)
                if one.shape.upside_down:
                    # the whole line is turned, so its end comes first and it hangs from the top
                    x, y = start + width - one.x - one.shape.width, roll.y
            elif (rows := one.shape.black_rows()) is not None:
                inked.append(y + rows[0])
            roll.put(x, y, one.shape)
        if inked:
            roll.ink(min(inked), roll.y + height)
        return TextLine(
            self.text() if glyphs else "",
            -(-width // CELL_WIDTH_DOTS) if glyphs else 0,
            bold=any(glyph.bold for glyph in glyphs),
            width_factor=max((glyph.width_factor for glyph in glyphs), default=1),
            height_factor=max((glyph.height_factor for glyph in glyphs), default=1),
            align=align,
            y=roll.y,
        )
