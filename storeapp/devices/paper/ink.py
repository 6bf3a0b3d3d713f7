"""Ink: what was put on the paper and where, kept as values so that a job can be read without being drawn."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.devices.paper.records import CELL_HEIGHT_DOTS, CELL_WIDTH_DOTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """How one character looks: its cell before enlargement, and everything done to it. Two alike share one drawing."""

    char: str
    cell_width: int = CELL_WIDTH_DOTS
    cell_height: int = CELL_HEIGHT_DOTS
    width_factor: int = 1
    height_factor: int = 1
    gap_left: int = 0
    gap_right: int = 0
    bold: bool = False
    underline: int = 0
    inverse: bool = False
    upside_down: bool = False

    @property
    def width(self) -> int:
        """The whole step in dots, the gaps of ESC SP and FS S included."""
        return (self.gap_left + self.cell_width + self.gap_right) * self.width_factor

    @property
    def height(self) -> int:
        return self.cell_height * self.height_factor

    @property
    def is_blank(self) -> bool:
        return self.char == " " and not (self.underline or self.inverse)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bitmap:
    """A picture of packed rows, most significant bit left, 1 = black; each dot drawn `x_scale` by `y_scale`."""

    width_bytes: int
    rows: bytes
    x_scale: int = 1
    y_scale: int = 1

    @property
    def width(self) -> int:
        return self.width_bytes * 8 * self.x_scale

    @property
    def row_count(self) -> int:
        return len(self.rows) // self.width_bytes if self.width_bytes else 0

    @property
    def height(self) -> int:
        return self.row_count * self.y_scale

    def black_rows(self) -> tuple[int, int] | None:
        """Top and bottom, in dots, of what is really black; None for an empty picture."""
        if not any(self.rows):
            return None
        above = (len(self.rows) - len(self.rows.lstrip(b"\0"))) // self.width_bytes
        below = -(-len(self.rows.rstrip(b"\0")) // self.width_bytes)
        return above * self.y_scale, below * self.y_scale


@dataclass(frozen=True, slots=True, kw_only=True)
class QrSymbol:
    """A QR code still to be drawn; the version is known, the modules are worked out with the picture."""

    data: bytes
    level: str
    version: int
    module_dots: int

    @property
    def width(self) -> int:
        return (17 + 4 * self.version) * self.module_dots

    @property
    def height(self) -> int:
        return self.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A barcode: widths in modules, black and white by turns, black first."""

    widths: tuple[int, ...]
    module_dots: int
    height: int

    @property
    def width(self) -> int:
        return sum(self.widths) * self.module_dots


Shape = Glyph | Bitmap | QrSymbol | Bars


@dataclass(frozen=True, slots=True)
class Mark:
    """One shape at its place on the paper."""

    x: int
    y: int
    shape: Shape
