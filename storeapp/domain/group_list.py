"""A group's own list (接龙), pasted as it is: `1. 张三 鸡蛋2 苹果1`. What is not understood is told, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storeapp.domain.quantity import LARGEST_MILLI

LINES_MOST, NAME_MOST = 2_000, 40
_ENTRY = re.compile(r"(\d{1,4})\s*[.、)．）:：]\s*(.*)")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_GAP = re.compile(r"[\s,，、;；+＋。]*")
_COUNT = re.compile(
    r"\s*[x×X*＊:：]?\s*(\d{1,6})(?:\.(\d{1,3}))?\s*(?:份|个|斤|公斤|kg|盒|箱|袋|瓶|件|包|板|只|提|桶|罐|把|束)?"
)
_WORD = re.compile(r"[^\d\s,，、;；+＋]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """Line `row` of the paste, read: who orders how many thousandths of which product codes."""

    row: int
    name: str
    phone: str
    wants: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Misread:
    """Line `row` was not understood at `text`, or cannot be. `reason` is a closed word: no_entry, no_name, no_goods,
    unknown_goods, many_goods (more than one thing is called so), no_count, too_long, bad_phone, twice, own_member,
    group_limit_person, group_limit_all or picked_up_before."""

    row: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """All entries, and all lines that are none. What stands above the first number is the heading."""

    entries: tuple[Entry, ...]
    misread: tuple[Misread, ...]


class Unclear(Exception):
    """Inside the readers only: `text` is not understood. It always ends as a Misread."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(reason)
        self.text, self.reason = text, reason


def is_list(text: str) -> bool:
    """Whether this is a numbered list at all, and no table."""
    return any(_ENTRY.match(unicodedata.normalize("NFKC", line).strip()) for line in text.splitlines())


def read_list(text: str, goods: Mapping[str, str]) -> Pasted:
    """`goods` are the names on the sheet by product code."""
    entries, misread, begun = [], [], False
    for row, line in enumerate(text.splitlines(), start=1):
        plain = unicodedata.normalize("NFKC", line).strip()
        found = _ENTRY.match(plain)
        begun = begun or found is not None
        if not plain or not begun:
            continue
        try:
            if row > LINES_MOST:
                raise Unclear(plain, "too_long")
            if found is None:
                raise Unclear(plain, "no_entry")
            entries.append(_entry(row, found[2], goods))
        except Unclear as error:
            misread.append(Misread(row, error.text[:NAME_MOST], error.reason))
    return Pasted(tuple(entries), tuple(misread))


def _entry(row: int, said: str, goods: Mapping[str, str]) -> Entry:
    phone = _PHONE.search(said)
    if phone is None:
        name, _, rest = said.strip().partition(" ")
    elif said[: phone.start()].strip():
        name, _, rest = f"{said[: phone.start()]} {said[phone.end() :]}".strip().partition(" ")
    else:
        name, rest = "", said[phone.end() :]
    name = name.strip(",，、;；:：")
    if not name and phone is None:
        raise Unclear(said.strip(), "no_name")
    if len(name) > NAME_MOST:
        raise Unclear(name, "too_long")
    wants: dict[str, int] = {}
    for code, milli in _wants(rest.strip(), goods):
        wants[code] = wants.get(code, 0) + milli
    if not wants:
        raise Unclear(said.strip(), "no_goods")
    return Entry(row, name, "" if phone is None else phone[0], tuple(wants.items()))


def _wants(rest: str, goods: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    at = _gap(rest, 0)
    while at < len(rest):
        code, at = named_at(rest, at, goods)
        count = _COUNT.match(rest, at)
        milli = 0 if count is None else int(count[1]) * 1000 + int((count[2] or "").ljust(3, "0"))
        if count is None or not 0 < milli <= LARGEST_MILLI:
            raise Unclear(rest[at:] or rest, "no_count")
        yield code, milli
        at = _gap(rest, count.end())


def named_at(rest: str, at: int, goods: Mapping[str, str]) -> tuple[str, int]:
    """The product whose name or code stands there, the longest that fits; else the only one named with the word."""
    labels = [(label, code) for code, name in goods.items() for label in (name, code)]
    whole = [(len(label), code) for label, code in labels if label and rest.startswith(label, at)]
    if whole:
        longest = max(length for length, _code in whole)
        codes = {code for length, code in whole if length == longest}
        if len(codes) > 1:
            raise Unclear(rest[at : at + longest], "many_goods")
        return codes.pop(), at + longest
    found = _WORD.match(rest, at)
    word = "" if found is None else found[0].rstrip("x×X*＊:：")
    if found is None or not word:
        raise Unclear(rest[at:], "unknown_goods")
    held = {code for code, name in goods.items() if word in name}
    if len(held) != 1:
        raise Unclear(word, "many_goods" if held else "unknown_goods")
    return held.pop(), at + len(word)


def _gap(text: str, at: int) -> int:
    found = _GAP.match(text, at)
    return at if found is None else found.end()
