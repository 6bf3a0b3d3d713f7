"""What can be read off the paper once a job has gone through the printer.

Lengths are dots at 203 dpi: 8 a millimetre.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Literal

from storeapp.devices.paper.faults import FaultWord

Align = Literal["left", "center", "right"]
CodeKind = Literal["qr", "code128", "ean13", "ean8"]

CELL_WIDTH_DOTS = 12
"""One column: half a hanzi, or one ASCII character of font A."""
CELL_HEIGHT_DOTS = 24
DEFAULT_LINE_DOTS = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the job that prints wrongly on a real printer; `offset` is the byte it starts at."""

    offset: int
    word: FaultWord
    _: KW_ONLY
    detail: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line; `columns` is the paper it takes, so enlarged characters count double. `y` is its top edge."""

    text: str
    columns: int
    _: KW_ONLY
    bold: bool
    width_factor: int
    height_factor: int
    align: Align
    y: int


@dataclass(frozen=True, slots=True)
class Code:
    """A code the printer drew itself; a code that came as a picture is only in the picture."""

    kind: CodeKind
    data: str
    _: KW_ONLY
    x: int
    y: int
    width: int
    height: int
    module_dots: int


@dataclass(frozen=True, slots=True)
class DrawerPulse:
    """A kick for the cash drawer on connector pin 2 or 5."""

    offset: int
    pin: int
    _: KW_ONLY
    on_ms: int
    off_ms: int


@dataclass(frozen=True, slots=True)
class Beep:
    """The buzzer sounding `times` times."""

    offset: int
    times: int
    _: KW_ONLY
    each_ms: int


@dataclass(slots=True)
class PrinterState:
    """The printer's own condition, changed from outside as a hand would change it."""

    paper: Literal["ok", "near_end", "out"] = "ok"
    cover_open: bool = False
    offline: bool = False
    error: bool = False
    drawer_open: bool = False

    @property
    def can_print(self) -> bool:
        return self.paper != "out" and not (self.cover_open or self.offline or self.error)
