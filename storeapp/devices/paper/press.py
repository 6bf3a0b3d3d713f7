"""The press: the printer's settings, its unfinished line and all it has done, for the commands to work on."""

from __future__ import annotations

from dataclasses import dataclass, field

from storeapp.devices.paper.faults import FaultWord
from storeapp.devices.paper.ink import Bitmap, Glyph
from storeapp.devices.paper.line import LineBuffer
from storeapp.devices.paper.records import (
    CELL_HEIGHT_DOTS,
    CELL_WIDTH_DOTS,
    DEFAULT_LINE_DOTS,
    Align,
    Beep,
    Code,
    DrawerPulse,
    Fault,
    PrinterState,
    TextLine,
)
from storeapp.devices.paper.roll import Roll

FONT_B_CELL = (9, 17)


@dataclass(slots=True)
class Script:
    """How one kind of character is enlarged and underlined: ESC ! sets the ASCII one, FS ! the hanzi one, GS ! both."""

    width_factor: int = 1
    height_factor: int = 1
    underline: int = 0
    gap_left: int = 0
    gap_right: int = 0


@dataclass(slots=True)
class Settings:
    """Everything ESC @ puts back."""

    ascii: Script = field(default_factory=Script)
    hanzi: Script = field(default_factory=Script)
    font_b: bool = False
    bold: bool = False
    double_strike: bool = False
    inverse: bool = False
    upside_down: bool = False
    align: Align = "left"
    line_dots: int = DEFAULT_LINE_DOTS
    left_margin: int = 0
    area_dots: int | None = None
    chinese: bool | None = None
    """None until the job says FS & or FS . : firmware differs in what it starts with."""
    code_page: str = "cp437"
    yen_for_dollar: bool = False
    barcode_height: int = 162
    barcode_module: int = 3
    hri_above: bool = False
    hri_below: bool = False
    hri_font_b: bool = False
    qr_module: int = 3
    qr_level: str = "L"
    qr_data: bytes | None = None
    graphic: Bitmap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What the printer was built with."""

    width_dots: int
    native_qr: bool
    chinese_rom: bool


class Press:
    """One job on one roll."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.settings = Settings()
        self.state = PrinterState()
        self.faults: list[Fault] = []
        self.lines: list[TextLine] = []
        self.codes: list[Code] = []
        self.pulses: list[DrawerPulse] = []
        self.beeps: list[Beep] = []
        self.answers = bytearray()
        self.roll = Roll(model.width_dots, self.report)
        self.line = LineBuffer()
        self.said_mode_missing = False

    @property
    def area_dots(self) -> int:
        """How wide a line may be: GS W, but never past the paper."""
        room = self.model.width_dots - self.settings.left_margin
        return room if self.settings.area_dots is None else min(self.settings.area_dots, room)

    def report(self, offset: int, word: FaultWord, detail: str) -> None:
        self.faults.append(Fault(offset, word, detail=detail))

    def glyph(self, char: str, *, wide: bool) -> Glyph:
        """The look of a character under the present settings."""
        now = self.settings
        script = now.hanzi if wide else now.ascii
        narrow = FONT_B_CELL if now.font_b else (CELL_WIDTH_DOTS, CELL_HEIGHT_DOTS)
        cell = (2 * CELL_WIDTH_DOTS, CELL_HEIGHT_DOTS) if wide else narrow
        return Glyph(
            char=char,
            cell_width=cell[0],
            cell_height=cell[1],
            width_factor=script.width_factor,
            height_factor=script.height_factor,
            gap_left=script.gap_left,
            gap_right=script.gap_right,
            bold=now.bold or now.double_strike,
            underline=script.underline,
            inverse=now.inverse,
            upside_down=now.upside_down,
        )

    def place(self, offset: int, shape: Glyph | Bitmap) -> None:
        """Add to the line; what does not fit any more begins the next one."""
        if self.line.x + shape.width > self.area_dots and not self.line.is_empty:
            if not self.line.said_too_wide:
                self.report(offset, FaultWord.LINE_TOO_WIDE, f"{self.area_dots} dots hold no more")
            self.end_line()
            self.line.said_too_wide = True
        self.line.add(offset, shape)

    def end_line(self, feed_dots: int | None = None) -> None:
        """Print the line and move the paper, by the line spacing unless told; never by less than the line's height."""
        feed = self.settings.line_dots if feed_dots is None else feed_dots
        if not self.line.is_empty or feed_dots is None:
            printed = self.line.print_on(
                self.roll, left=self.settings.left_margin, area=self.area_dots, align=self.settings.align
            )
            if self._is_text():
                self.lines.append(printed)
        self.roll.y += max(feed, self.line.height)
        self.line = LineBuffer()

    def _is_text(self) -> bool:
        return self.line.is_empty or any(isinstance(one.shape, Glyph) for one in self.line.placed)

    def begin_line(self, offset: int, what: str) -> None:
        """For what is only allowed at the start of a line: report, and print the characters that wait."""
        if not self.line.is_empty:
            self.report(offset, FaultWord.MID_LINE, f"{what} behind {self.line.text()!r}")
            self.end_line()

    def start_x(self, width: int) -> int:
        """Where something this wide begins under the present alignment, from the paper's left edge."""
        spare = self.area_dots - width
        return self.settings.left_margin + {"left": 0, "center": spare // 2, "right": spare}[self.settings.align]
