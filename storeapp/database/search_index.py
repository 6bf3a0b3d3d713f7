"""Search indexes: beginnings as rows in order, fragments as grams of one, two and three letters in FTS5.

They only narrow down; `domain.search` decides what matches. FTS5's own trigram tokenizer cannot see the one or two
letters a Chinese word has, so the grams are cut here, and a query is one MATCH however many words it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storeapp.database.work import Sql, Work
from storeapp.domain.search import FRAGMENT_LEAST, Findable

MOST_CANDIDATES = 64
END = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """What the rows of one table are found by: the statements on its words and grams."""

    add_word: Sql
    add_grams: Sql
    drop_words: Sql
    drop_grams: Sql
    starting: Sql
    exactly: Sql
    holding: Sql

    def add(self, work: Work, things: Sequence[tuple[int, Findable]], *, tokens: Sequence[str] = ()) -> None:
        """Rows that are not in the index get in; `tokens` are words nobody types, for each of them."""
        words = [
            {"word": word, "row": row}
            for row, thing in things
            for word in dict.fromkeys((*thing.beginnings, *thing.codes, *tokens))
        ]
        work.many(self.add_word, words)
        work.many(self.add_grams, [{"row": row, "grams": grams_of(thing)} for row, thing in things])

    def drop(self, work: Work, rows: Iterable[int]) -> None:
        """Rows leave the index."""
        owners = [{"owner": row} for row in rows]
        work.many(self.drop_words, owners)
        work.many(self.drop_grams, owners)

    def candidates(self, work: Work, typed: Sequence[str], *, limit: int) -> list[int]:
        """Rows that may match, the likely ones first."""
        most = max(MOST_CANDIDATES, limit)
        found: dict[int, None] = {}
        if len(typed) == 1:
            rows = work.all(self.starting, word=typed[0], end=typed[0] + END, most=most)
            found.update(dict.fromkeys(row[0] for row in rows))
        if len(found) < limit:
            rows = work.all(self.holding, grams=_query(typed), most=most)
            found.update(dict.fromkeys(row[0] for row in rows))
        return list(found)

    def called(self, work: Work, token: str, *, limit: int) -> list[int]:
        """Rows that have exactly this word or token."""
        return [row[0] for row in work.all(self.exactly, word=token, most=max(MOST_CANDIDATES, limit))]


def grams_of(thing: Findable) -> str:
    """Three letters from anywhere; one and two from the name and the initials, or where the rest begins."""
    grams: set[str] = set()
    rest = (*thing.codes, *(spelling.full for spelling in thing.spellings))
    for whole in (thing.name, *(spelling.initials for spelling in thing.spellings)):
        grams.update(whole)
        grams.update(whole[at : at + 2] for at in range(len(whole) - 1))
        grams.update(whole[at : at + 3] for at in range(len(whole) - 2))
    for whole in rest:
        grams.update((whole[:1], whole[:2]))
        grams.update(whole[at : at + 3] for at in range(len(whole) - 2))
    return " ".join(map(_token, grams))


def _query(typed: Sequence[str]) -> str:
    grams = dict.fromkeys(gram for word in typed for gram in _cover(word))
    return " AND ".join(f'"{_token(gram)}"' for gram in grams)


def _cover(word: str) -> list[str]:
    """As few grams as tell that all of `word` is there."""
    size = FRAGMENT_LEAST
    if len(word) <= size:
        return [word]
    starts = [*range(0, len(word) - size, size), len(word) - size]
    return [word[at : at + size] for at in starts]


@lru_cache(maxsize=16384)
def _token(gram: str) -> str:
    """A gram in letters the tokenizer leaves whole. Two grams with one token would only cost a wrong candidate."""
    if gram.isascii() and gram.isalnum():
        return gram
    return "x".join(f"{ord(char):x}" for char in gram)
