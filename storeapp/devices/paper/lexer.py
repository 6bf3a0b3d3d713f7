"""The lexer: bytes in any chunking, whole commands and runs of text out.

Lengths follow the ESC/POS command references of Epson and of the usual 58 and 80 mm clones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_LEADS = {0x10: "DLE", 0x1B: "ESC", 0x1C: "FS", 0x1D: "GS"}
_CONTROLS = {0x00: "NUL", 0x09: "HT", 0x0A: "LF", 0x0D: "CR"}
_SECONDS = {0x04: "EOT", 0x05: "ENQ", 0x14: "DC4", 0x20: "SP"}
_CONTROL = re.compile(rb"[\x00-\x1f]")
_LONGEST_NUL_BARCODE = 255

Measure = Callable[[bytearray, int], int | None]
"""How many argument bytes follow at this place; None while too few have come to know."""


@dataclass(frozen=True, slots=True)
class Token:
    """One command or one run of text; `args` is what follows the name."""

    offset: int
    name: str
    args: bytes
    size: int


def _word(data: bytearray, at: int) -> int | None:
    """The little-endian 16-bit number at this place."""
    return data[at] | data[at + 1] << 8 if len(data) > at + 1 else None


def _bit_image(data: bytearray, at: int) -> int | None:
    columns = _word(data, at + 1)
    if columns is None:
        return None
    # with a density that does not exist the length is unknown too: only the head is skipped
    return 3 + columns * {0: 1, 1: 1, 32: 3, 33: 3}.get(data[at], 0)


def _raster(data: bytearray, at: int) -> int | None:
    if len(data) > at and data[at] != 0x30:
        return 1
    width_bytes, rows = _word(data, at + 2), _word(data, at + 4)
    return None if width_bytes is None or rows is None else 6 + width_bytes * rows


def _cut(data: bytearray, at: int) -> int | None:
    if len(data) <= at:
        return None
    return 2 if data[at] in (65, 66, 97, 98, 103, 104) else 1


def _barcode(data: bytearray, at: int) -> int | None:
    if len(data) <= at:
        return None
    if data[at] <= 6:
        end = data.find(b"\0", at + 1, at + 2 + _LONGEST_NUL_BARCODE)
        if end < 0:
            return _LONGEST_NUL_BARCODE if len(data) > at + 1 + _LONGEST_NUL_BARCODE else None
        return end + 1 - at
    if data[at] < 65:
        return 1
    return 2 + data[at + 1] if len(data) > at + 1 else None


def _extended(data: bytearray, at: int) -> int | None:
    length = _word(data, at + 1)
    return None if length is None else 3 + length


def _long_graphics(data: bytearray, at: int) -> int | None:
    if len(data) <= at + 4:
        return None
    return 5 + int.from_bytes(data[at + 1 : at + 5], "little")


_FIXED = {
    0: ("ESC @", "ESC 2", "ESC i", "ESC m", "FS &", "FS ."),
    1: (
        *("ESC SP", "ESC !", "ESC -", "ESC 3", "ESC =", "ESC E", "ESC G", "ESC J", "ESC M", "ESC R", "ESC a", "ESC d"),
        *(
            "ESC r",
            "ESC t",
            "ESC {",
            "FS !",
            "FS -",
            "FS W",
            "FS C",
            "GS !",
            "GS B",
            "GS H",
            "GS a",
            "GS f",
            "GS h",
            "GS r",
        ),
        *("GS w", "DLE EOT", "DLE ENQ"),
    ),
    2: ("ESC $", "ESC \\", "ESC c", "ESC B", "FS S", "GS L", "GS W"),
    3: ("ESC p", "DLE DC4"),
}
_LENGTHS: dict[str, int | Measure] = {name: length for length, names in _FIXED.items() for name in names}
_LENGTHS |= {
    "ESC *": _bit_image,
    "GS v": _raster,
    "GS V": _cut,
    "GS k": _barcode,
    "FS (": _extended,
    "GS (": _extended,
    "GS 8": _long_graphics,
}


class Lexer:
    """Holds back a command or a run of text until its end has come."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._base = 0
        self._searched = 0

    def feed(self, data: bytes) -> list[Token]:
        self._held += data
        tokens: list[Token] = []
        at = 0
        while at < len(self._held):
            token = self._text(at) if self._held[at] >= 0x20 else self._command(at)
            if token is None:
                break
            tokens.append(token)
            at += token.size
            self._searched = 0
        del self._held[:at]
        self._base += at
        return tokens

    def rest(self) -> Token | None:
        """What is left at the end of a job: a run of text, or a command cut short, named "truncated"."""
        if not self._held:
            return None
        held = bytes(self._held)
        self._held.clear()
        offset, self._base = self._base, self._base + len(held)
        return Token(offset, "text" if held[0] >= 0x20 else "truncated", held, len(held))

    def _text(self, at: int) -> Token | None:
        end = _CONTROL.search(self._held, max(at, self._searched))
        if end is None:
            # the next feed need not look at these bytes again, once they are the first ones held
            self._searched = len(self._held) - at
            return None
        run = bytes(self._held[at : end.start()])
        return Token(self._base + at, "text", run, len(run))

    def _command(self, at: int) -> Token | None:
        held, first = self._held, self._held[at]
        lead = _LEADS.get(first)
        if lead is None:
            return Token(self._base + at, _CONTROLS.get(first, "unknown"), bytes((first,)), 1)
        if len(held) <= at + 1:
            return None
        name = f"{lead} {_SECONDS.get(held[at + 1], chr(held[at + 1]))}"
        rule = _LENGTHS.get(name)
        if rule is None:
            return Token(self._base + at, "unknown", bytes(held[at : at + 2]), 2)
        length = rule if isinstance(rule, int) else rule(held, at + 2)
        if length is None or len(held) < at + 2 + length:
            return None
        args = bytes(held[at + 2 : at + 2 + length])
        if name in ("FS (", "GS (", "GS 8"):
            name, args = f"{name} {chr(args[0])}", args[5 if name == "GS 8" else 3 :]
        return Token(self._base + at, name, args, 2 + length)
