"""Receipt text: how wide it prints, and how it is broken into rows.

A printer's column is half a hanzi. What GBK writes with one byte takes one column, with two bytes two; Unicode's own
width classes are wrong here: `·`, `—`, `×`, `℃` and `é` are two columns on paper.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from storeapp.domain.money import Money, yuan

ELLIPSIS = "…"
# what the hanzi ROM has under another name, or what a half-width yen would do to a price
_SAME = str.maketrans({"\u00a5": "￥", "\u2212": "-", "\u2022": "·", "\u30fb": "·", "\u00ad": None, "\u2011": "-"})
_PARTS = frozenset("，。；：！？")
_NEVER_FIRST = frozenset("，。、；：！？）》」』】”’…,.;:!?)]}%％")


def amount_text(amount: Money) -> str:
    """`-12.50`: a plain hyphen, which every printer has at one column."""
    return yuan(amount).replace("−", "-")


def printable(text: str) -> str:
    """`text` as one line of characters that have a shape: no controls, no joiners, every blank a plain space."""
    kept = []
    for char in unicodedata.normalize("NFC", text).translate(_SAME):
        if char.isspace():
            kept.append(" ")
        elif char.isprintable() and not unicodedata.category(char).startswith("M"):
            kept.append(char)
    return "".join(kept).strip()


def has_rom_shape(text: str) -> bool:
    """True if the printer's own characters suffice; the rest has to be drawn."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def columns(text: str) -> int:
    """How many columns `text` takes at single width."""
    try:
        return len(text.encode("gbk"))
    except UnicodeEncodeError:
        return sum(char_columns(char) for char in text)


@lru_cache(maxsize=4096)
def char_columns(char: str) -> int:
    """One or two. A character outside GBK is drawn: letters and currency signs narrow, pictures and hanzi wide."""
    if char.isascii():
        return 1
    try:
        return len(char.encode("gbk"))
    except UnicodeEncodeError:
        if unicodedata.east_asian_width(char) in "WF":
            return 2
        return 1 if unicodedata.category(char)[0] in "LN" or unicodedata.category(char) == "Sc" else 2


def wrap(text: str, width: int, *, most_rows: int = 0) -> tuple[str, ...]:
    """`text` in rows of at most `width` columns; beyond `most_rows` (0: no limit) it ends in an ellipsis.

    Only blanks at the breaks are lost. English breaks between words, and no row begins with a comma or a full stop.
    """
    if width < 4:
        raise ValueError(f"nothing can be set in {width} columns")
    if most_rows:
        # enough to see that it is too long: nobody waits for 5,000 characters
        text = text[: (most_rows + 1) * width]
    rows: list[str] = []
    row, used = "", 0
    for char in text:
        size = char_columns(char)
        if used + size > width:
            done, row = (row, "") if char == " " else _broken(row, char)
            rows.append(done.rstrip())
            used = columns(row)
        if char == " " and not row and rows:
            continue
        row, used = row + char, used + size
    if row or not rows:
        rows.append(row.rstrip())
    if most_rows and len(rows) > most_rows:
        last = _shortened(rows[most_rows - 1] + rows[most_rows], width)
        return (*rows[: most_rows - 1], last)
    return tuple(rows)


def balanced(text: str, width: int, *, most_rows: int = 0) -> tuple[str, ...]:
    """`wrap`, with the rows as even as they can be: for centred text, so that no single sign stands alone."""
    rows = wrap(text, width, most_rows=most_rows)
    if len(rows) == 1 or rows[-1].endswith(ELLIPSIS):
        return rows
    parted = _parted(text, width) if len(rows) == 2 else ()
    if parted:
        return parted
    narrowest = max(columns(text) // len(rows), 4)
    for narrower in range(narrowest, width):
        evener = wrap(text, narrower)
        if len(evener) == len(rows):
            return evener
    return rows


def _parted(text: str, width: int) -> tuple[str, ...]:
    """Two rows that part after a comma, where both fit and neither is left with a word or two."""
    at_a_mark = [
        (text[: place + 1].strip(), text[place + 1 :].strip())
        for place, char in enumerate(text)
        if char in _PARTS and text[place + 1 : place + 2] not in _NEVER_FIRST
    ]
    pairs = [(columns(one), columns(other), (one, other)) for one, other in at_a_mark]
    fitting = [pair for pair in pairs if max(pair[:2]) <= width and 3 * min(pair[:2]) >= max(pair[:2])]
    return min(fitting, key=lambda pair: max(pair[:2]))[2] if fitting else ()


def _shortened(text: str, width: int) -> str:
    """As much of `text` as fits together with an ellipsis."""
    kept, used = "", columns(ELLIPSIS)
    for char in text:
        used += char_columns(char)
        if used > width:
            break
        kept += char
    return kept.rstrip() + ELLIPSIS


def _broken(row: str, following: str) -> tuple[str, str]:
    """A full row, and what of it moves down so that no word is cut and no row begins with a closing mark."""
    if _in_word(row[-1]) and _in_word(following):
        at = row.rfind(" ")
        if at >= len(row) // 2:
            return row[:at], row[at + 1 :]
    elif following in _NEVER_FIRST and len(row) > 1 and row[-1] not in _NEVER_FIRST and not row[-1].isascii():
        return row[:-1], row[-1]
    return row, ""


def _in_word(char: str) -> bool:
    return char.isascii() and char != " "
