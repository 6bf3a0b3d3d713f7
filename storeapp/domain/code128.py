"""CODE128: a text cut into the code sets that make it shortest (ISO/IEC 15417), for barcodes on receipts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

CodeSet = Literal["B", "C"]
Part = tuple[CodeSet, str]

_DIGITS = re.compile(r"\d{4,}")
_START_AND_CHECK = 2
_SYMBOL_MODULES = 11
_STOP_MODULES = 13
QUIET_MODULES = 10


def can_encode(text: str) -> bool:
    """True for plain printable ASCII; the brace is left out, for printers read commands behind it."""
    return text != "" and all(" " <= char <= "~" and char != "{" for char in text)


def parts(text: str) -> tuple[Part, ...]:
    """`text` as runs of set B (any character) and set C (pairs of digits, half as wide)."""
    found: list[Part] = []
    at = 0
    for run in _DIGITS.finditer(text):
        # an odd run leaves its first digit to set B
        first = run.start() + (run.end() - run.start()) % 2
        if first > at:
            found.append(("B", text[at:first]))
        found.append(("C", text[first : run.end()]))
        at = run.end()
    if at < len(text):
        found.append(("B", text[at:]))
    return tuple(found)


def modules(text: str) -> int:
    """Width of the bars, without the quiet zones."""
    runs = parts(text)
    symbols = sum(len(run) // 2 if code_set == "C" else len(run) for code_set, run in runs)
    return (_START_AND_CHECK + symbols + len(runs) - 1) * _SYMBOL_MODULES + _STOP_MODULES


def first_fitting(texts: Iterable[str], *, dots: int, module_dots: int) -> str | None:
    """The first text whose bars and quiet zones fit into `dots`, or None."""
    for text in texts:
        if can_encode(text) and (modules(text) + 2 * QUIET_MODULES) * module_dots <= dots:
            return text
    return None


def command_data(text: str) -> bytes:
    """`text` as `GS k 73` and its readers take it: {B or {C before each run, pairs of digits as one byte."""
    data = bytearray()
    for code_set, run in parts(text):
        data += b"{" + code_set.encode()
        if code_set == "C":
            data += bytes(int(run[index : index + 2]) for index in range(0, len(run), 2))
        else:
            data += run.encode("ascii")
    return bytes(data)
