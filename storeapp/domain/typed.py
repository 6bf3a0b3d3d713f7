"""What a hand types with a Chinese input method on: digits and signs in full width, and a stop for the point."""

from __future__ import annotations

import re

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_SIGNS = {"。": ".", "｡": ".", "　": " ", "￥": "¥", "−": "-", "–": "-", "—": "-"}
_PLAIN = _WIDE | {ord(sign): plain for sign, plain in _SIGNS.items()}
_WHOLE = re.compile(r"[+-]?[0-9]{1,12}")
_DAY = re.compile(r"([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})\s*日?")
_CLOCK = re.compile(r"([0-9]{1,2})\s*[:.]\s*([0-9]{2})")


def plain(text: str) -> str:
    """`１２。５` as `12.5`, `－3` as `-3`, `９：００` as `9:00`, sign for sign. For numbers, never for names."""
    return text.translate(_PLAIN)


def whole(text: str, *, percent: bool = False) -> int:
    """A whole number, of a `percent` with or without its sign; raises ValueError."""
    said = plain(text).strip()
    if percent:
        said = said.removesuffix("%").rstrip()
    if not _WHOLE.fullmatch(said):
        raise ValueError(text)
    return int(said)


def day(text: str) -> str:
    """`2026。9。8`, `2026/9/8` or `2026年9月8日` as `2026-09-08`; the rest as it is, for others to refuse."""
    said = plain(text).strip()
    found = _DAY.fullmatch(said)
    return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}" if found else said


def clock(text: str) -> str:
    """`9：00` as `09:00`; the rest as it is, for others to refuse."""
    said = plain(text).strip()
    found = _CLOCK.fullmatch(said)
    return f"{found[1]:0>2}:{found[2]}" if found else said
