"""Paper: ESC/POS bytes in; lines, codes, cuts, a picture and every fault out.

It shows the cashier what will be printed, plays the printer of a first run, and reads every receipt the tests print.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path

from PIL import Image

from storeapp.devices.paper import (
    canvas,
    code_commands,
    feed_commands,
    graphic_commands,
    pictured_qr,
    status_commands,
    text_commands,
)
from storeapp.devices.paper.command import Commands
from storeapp.devices.paper.faults import FaultWord
from storeapp.devices.paper.glyphs import Glyphs
from storeapp.devices.paper.lexer import Lexer, Token
from storeapp.devices.paper.press import Model, Press
from storeapp.devices.paper.records import Beep, Code, DrawerPulse, Fault, PrinterState, TextLine

_COMMANDS: Commands = {
    **text_commands.COMMANDS,
    **feed_commands.COMMANDS,
    **code_commands.COMMANDS,
    **graphic_commands.COMMANDS,
    **status_commands.COMMANDS,
}
# what a printer without paper puts off; behind it everything waits its turn
_MOVES_PAPER = frozenset(
    {"text", "LF", "ESC J", "ESC d", "ESC i", "ESC m", "GS V", "GS k", "GS v", "GS ( k", "GS ( L", "GS 8 L", "ESC *"}
)


class Paper:
    """One job on one roll, `width_dots` wide: 576 for 80 mm paper, 384 for 58 mm."""

    def __init__(
        self, width_dots: int = 576, *, font_path: Path, native_qr: bool = True, chinese_rom: bool = True
    ) -> None:
        self._press = Press(Model(width_dots=width_dots, native_qr=native_qr, chinese_rom=chinese_rom))
        self._lexer = Lexer()
        self._glyphs = Glyphs(font_path)
        self._waiting: deque[Token] = deque()

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the job, cut anywhere."""
        self.resume()
        for token in self._lexer.feed(data):
            self._take(token)

    def close(self) -> None:
        """The job is over: what is still half said or unprinted is a fault."""
        self.resume()
        rest = self._lexer.rest()
        if rest is not None:
            if rest.name == "text":
                self._take(rest)
            else:
                begun = rest.args[:8].hex(" ")
                self._press.report(rest.offset, FaultWord.TRUNCATED_COMMAND, f"{rest.size} bytes: {begun}")
        for offset, word, detail in pictured_qr.findings(self._press.roll):
            self._press.report(offset, word, detail)
        if not self._waiting and not self._press.line.is_empty:
            line = self._press.line
            self._press.report(line.offset, FaultWord.TEXT_NEVER_PRINTED, line.text())

    def resume(self) -> None:
        """Print what waited for paper, the cover or the button, if the state now allows."""
        while self._waiting and self._press.state.can_print:
            self._run(self._waiting.popleft())

    @property
    def is_waiting(self) -> bool:
        """Whether part of the job lies in the printer's buffer, unprinted."""
        return bool(self._waiting)

    def _take(self, token: Token) -> None:
        if token.name in status_commands.REAL_TIME:
            self._run(token)
        elif self._waiting or (token.name in _MOVES_PAPER and not self._press.state.can_print):
            self._waiting.append(token)
        else:
            self._run(token)

    def _run(self, token: Token) -> None:
        command = _COMMANDS.get(token.name)
        if command is None:
            shown = token.args.hex(" ") if token.name == "unknown" else token.name
            self._press.report(token.offset, FaultWord.UNKNOWN_COMMAND, shown)
            return
        command(self._press, token)

    @property
    def state(self) -> PrinterState:
        """The printer's condition; change its fields, or put in one shared with other papers."""
        return self._press.state

    @state.setter
    def state(self, state: PrinterState) -> None:
        self._press.state = state

    def answer(self) -> bytes:
        """What the printer has sent back since this was last asked."""
        self.resume()
        answers = bytes(self._press.answers)
        self._press.answers.clear()
        return answers

    @property
    def faults(self) -> tuple[Fault, ...]:
        """In the order of the bytes that cause them."""
        return tuple(sorted(self._press.faults, key=lambda fault: fault.offset))

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """Every printed line of text, empty ones included."""
        return tuple(self._press.lines)

    @property
    def codes(self) -> tuple[Code, ...]:
        return tuple(self._press.codes)

    @property
    def cuts(self) -> tuple[int, ...]:
        """How far down the paper was cut."""
        return tuple(self._press.roll.cuts)

    @property
    def drawer_pulses(self) -> tuple[DrawerPulse, ...]:
        return tuple(self._press.pulses)

    @property
    def beeps(self) -> tuple[Beep, ...]:
        return tuple(self._press.beeps)

    @property
    def is_blank(self) -> bool:
        """Whether nothing has come of the job: no dot, no cut, no kick, no beep, nothing waiting."""
        press = self._press
        return not (press.roll.marks or press.roll.y or press.roll.cuts or press.pulses or press.beeps or self._waiting)

    def text(self) -> str:
        """The receipt's text, a line each, without blanks at the line ends."""
        return "\n".join(line.text.rstrip() for line in self._press.lines)

    def picture(self) -> Image.Image:
        """The paper at 203 dpi, mode "L", black on white, as long as what comes out of the slot."""
        roll = self._press.roll
        return canvas.picture(roll.marks, self._glyphs, width=roll.width_dots, height=roll.length)
