"""Search: what counts as a match for what was typed, and which match comes first.

Exact codes, then beginnings, then the start of a word or syllable, then anywhere. The database only narrows
down; whether something matches is decided here, so a search never depends on how it was indexed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from storeapp.domain.pinyin import Spelling, spellings

FRAGMENT_LEAST = 3
PHONE_DIGITS = 11
Rank = Literal[0, 1, 2, 3]
EXACT: Rank = 0
PREFIX: Rank = 1
WORD_START: Rank = 2
ANYWHERE: Rank = 3


@dataclass(frozen=True, slots=True)
class Findable:
    """What something answers to, all of it folded."""

    name: str
    codes: tuple[str, ...]
    spellings: tuple[Spelling, ...]

    @property
    def beginnings(self) -> tuple[str, ...]:
        """Every text whose beginning is a likely thing to type."""
        spelled = [text for spelling in self.spellings for text in (spelling.initials, spelling.full)]
        return tuple(dict.fromkeys(text for text in (self.name, *spelled) if text))


def fold(text: str) -> str:
    """`text` without what a hurried hand gets wrong: case, full-width forms, spaces at the ends or in a row."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def words_of(text: str) -> tuple[str, ...]:
    """What was typed, as words that must all match; none for nothing."""
    return tuple(fold(text).split())


def findable(name: str, *, codes: Sequence[str] = (), person: bool = False) -> Findable:
    """What a product (or a person) of this name and these codes answers to."""
    folded = fold(name)
    return Findable(folded, tuple(fold(code) for code in codes), spellings(folded, person=person))


def rank(words: Sequence[str], thing: Findable) -> Rank | None:
    """How well `thing` answers to all of `words`; None if it does not."""
    worst: Rank = EXACT
    for word in words:
        found = _rank(word, thing)
        if found is None:
            return None
        worst = max(worst, found)
    return worst


def digits_of(text: str) -> str | None:
    """`138-0000 0001`, `+86 138…` or `0001` as bare digits of a phone; None if it is too short or no number."""
    digits = re.sub(r"[\s\-()+]", "", unicodedata.normalize("NFKC", text))
    if not (digits.isascii() and digits.isdigit() and len(digits) >= FRAGMENT_LEAST):
        return None
    if len(digits) > PHONE_DIGITS:
        digits = digits.removeprefix("00").removeprefix("86")
    return digits if len(digits) <= PHONE_DIGITS else None


def rank_phone(digits: str, phone: str) -> Rank | None:
    """How well the national number `phone` answers to `digits`: whole, its end, its beginning."""
    if digits == phone:
        return EXACT
    if phone.endswith(digits):
        return PREFIX
    return WORD_START if phone.startswith(digits) else None


def _rank(word: str, thing: Findable) -> Rank | None:
    if word in thing.codes:
        return EXACT
    if any(text.startswith(word) for text in (*thing.beginnings, *thing.codes)):
        return PREFIX
    if _starts_a_word(word, thing.name) or any(_starts_a_syllable(word, spelling) for spelling in thing.spellings):
        return WORD_START
    anywhere = [thing.name, *(spelling.initials for spelling in thing.spellings)]
    if len(word) >= FRAGMENT_LEAST:
        # one or two letters inside a code or inside full pinyin say nothing
        anywhere += [*thing.codes, *(spelling.full for spelling in thing.spellings)]
    return ANYWHERE if any(word in text for text in anywhere) else None


def _starts_a_word(word: str, text: str) -> bool:
    at = text.find(word)
    while at != -1:
        if at == 0 or not text[at - 1].isalnum():
            return True
        at = text.find(word, at + 1)
    return False


def _starts_a_syllable(word: str, spelling: Spelling) -> bool:
    if len(word) < FRAGMENT_LEAST:
        return False
    full, at = spelling.full, 0
    for syllable in spelling.syllables:
        if full.startswith(word, at):
            return True
        at += len(syllable)
    return False
