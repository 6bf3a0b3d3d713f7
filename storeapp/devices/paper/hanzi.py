"""Text bytes to characters: GBK pairs in Chinese mode, a code page outside it, and the ways it goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass

from storeapp.devices.paper.faults import FaultWord

_DOS_PAGES = {0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865"}
CODE_PAGES = {**_DOS_PAGES, 16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858"}
"""Python's name for each number of ESC t."""
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_MISSING = "\N{GETA MARK}"
# what shop text in UTF-8 is made of: Latin-1 signs, punctuation, currency, arrows, dingbats, CJK, full width, emoji
_SHOP_TEXT = re.compile("[\u00a0-\u00ff\u2000-\u27bf\u3000-\u9fff\uff00-\uffef\U0001f000-\U0003ffff]+")


@dataclass(frozen=True, slots=True)
class Character:
    """One cell of text; `wide` is a 24x24 cell of the hanzi ROM."""

    offset: int
    char: str
    _: KW_ONLY
    wide: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault met while reading text."""

    offset: int
    word: FaultWord
    _: KW_ONLY
    detail: str


def _looks_like_utf8(run: bytes, after: int) -> bool:
    """Whether a run of high bytes is UTF-8; `after` is the byte behind it. Shop text in GBK all but never reads so."""
    try:
        text = run.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if not _SHOP_TEXT.fullmatch(text):
        return False
    if len(text) == 1 and len(run) == 3 and 0x40 <= after <= 0x7E:
        return False  # may as well be two rare hanzi, the second ending in an ASCII byte
    try:
        run.decode("gb2312")
    except UnicodeDecodeError:
        return True
    return False


def _utf8_runs(data: bytes, offset: int) -> Iterator[Finding]:
    for run in _HIGH_RUN.finditer(data):
        after = data[run.end()] if run.end() < len(data) else 0
        if _looks_like_utf8(run[0], after):
            yield Finding(offset + run.start(), FaultWord.UTF8_TEXT, detail=f"{run[0].decode('utf-8')!r} sent as UTF-8")


def read_code_page(data: bytes, offset: int, *, code_page: str) -> Iterator[Character | Finding]:
    """Text outside Chinese mode: one byte, one narrow cell."""
    yield from _utf8_runs(data, offset)
    for at, char in enumerate(data.decode(code_page, errors="replace")):
        yield Character(offset + at, char, wide=False)


def read_gbk(data: bytes, offset: int) -> Iterator[Character | Finding]:
    """Text in Chinese mode: ASCII, and pairs from 81 40 to FE FE."""
    utf8 = list(_utf8_runs(data, offset))
    yield from utf8
    # one fault says it all: the broken pairs of such text are its consequence
    blamed = bool(utf8)
    at = 0
    while at < len(data):
        first = data[at]
        if first < 0x80:
            yield Character(offset + at, chr(first), wide=False)
            at += 1
            continue
        item, finding = _pair(data, at, offset)
        if finding is not None and not blamed:
            yield finding
        yield item
        at += 2 if item.wide else 1


def _pair(data: bytes, at: int, offset: int) -> tuple[Character, Finding | None]:
    pair = data[at : at + 2]
    shown = pair.hex(" ")
    # a lone half prints nothing but keeps its cell; the byte after it prints as what it is
    blank = Character(offset + at, " ", wide=False)
    if not 0x81 <= pair[0] <= 0xFE or len(pair) < 2:
        return blank, Finding(offset + at, FaultWord.BROKEN_GB_PAIR, detail=shown)
    if 0x30 <= pair[1] <= 0x39:
        quad = data[at : at + 4]
        whole = len(quad) == 4 and 0x81 <= quad[2] <= 0xFE and 0x30 <= quad[3] <= 0x39
        if whole:
            return blank, Finding(offset + at, FaultWord.FOUR_BYTE_GB18030, detail=quad.hex(" "))
        before = data[max(0, at - 2) : at + 2]
        if len(before) == 4 and 0x81 <= before[0] <= 0xFE and 0x30 <= before[1] <= 0x39:
            return blank, None  # the second half of a four-byte code already reported
    if not 0x40 <= pair[1] <= 0xFE or pair[1] == 0x7F:
        return blank, Finding(offset + at, FaultWord.BROKEN_GB_PAIR, detail=shown)
    try:
        return Character(offset + at, pair.decode("gbk"), wide=True), None
    except UnicodeDecodeError:
        missing = Character(offset + at, _MISSING, wide=True)
        return missing, Finding(offset + at, FaultWord.UNASSIGNED_GB_PAIR, detail=shown)
