"""Search indexes: beginnings as rows in order, fragments as grams of one, two and three letters in FTS5.

They only narrow down; `domain.search` decides what matches. FTS5's own trigram tokenizer cannot see the one or two
letters a Chinese word has, so the grams are cut here, and a query is one MATCH however many words it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, bindparam, delete, insert, select, text

from storeapp.database.schema import metadata
from storeapp.database.work import Sql, Work
from storeapp.domain.search import FRAGMENT_LEAST, Findable

MOST_CANDIDATES = 64
END = "\U0010ffff"


class SearchIndex:
    """What the rows of the table `owner` are found by."""

    def __init__(self, owner: str, *, options: str) -> None:
        self.words = Table(
            f"{owner}_word",
            metadata,
            Column("word", Text, primary_key=True),
            Column("row", Integer, ForeignKey(f"{owner}.id"), primary_key=True, autoincrement=False),
            sqlite_strict=True,
            sqlite_with_rowid=False,
        )
        column = self.words.c
        Index(f"{owner}_word_row", column.row)
        grams = f"{owner}_gram"
        self.virtual_table = f"CREATE VIRTUAL TABLE {grams} USING fts5(grams, tokenize='ascii', detail=none{options})"
        self._add_word = Sql(insert(self.words))
        self._add_grams = Sql(text(f"INSERT INTO {grams} (rowid, grams) VALUES (:row, :grams)"))
        self._drop_words = Sql(delete(self.words).where(column.row == bindparam("owner")))
        self._drop_grams = Sql(text(f"DELETE FROM {grams} WHERE rowid = :owner"))
        self._starting = Sql(
            select(column.row)
            .where(column.word >= bindparam("word"), column.word < bindparam("end"))
            .limit(bindparam("most"))
        )
        self._called = Sql(select(column.row).where(column.word == bindparam("word")).limit(bindparam("most")))
        self._holding = Sql(text(f"SELECT rowid FROM {grams} WHERE {grams} MATCH :grams LIMIT :most"))

    def add(self, work: Work, things: Sequence[tuple[int, Findable]], *, tokens: Sequence[str] = ()) -> None:
        """Rows that are not in the index get in; `tokens` are words nobody types, for each of them."""
        words = [
            {"word": word, "row": row}
            for row, thing in things
            for word in dict.fromkeys((*thing.beginnings, *thing.codes, *tokens))
        ]
        work.many(self._add_word, words)
        work.many(self._add_grams, [{"row": row, "grams": grams_of(thing)} for row, thing in things])

    def drop(self, work: Work, rows: Iterable[int]) -> None:
        """Rows leave the index."""
        owners = [{"owner": row} for row in rows]
        work.many(self._drop_words, owners)
        work.many(self._drop_grams, owners)

    def candidates(self, work: Work, typed: Sequence[str], *, limit: int) -> list[int]:
        """Rows that may match, the likely ones first."""
        most = max(MOST_CANDIDATES, limit)
        found: dict[int, None] = {}
        if len(typed) == 1:
            rows = work.all(self._starting, word=typed[0], end=typed[0] + END, most=most)
            found.update(dict.fromkeys(row[0] for row in rows))
        if len(found) < limit:
            rows = work.all(self._holding, grams=_query(typed), most=most)
            found.update(dict.fromkeys(row[0] for row in rows))
        return list(found)

    def called(self, work: Work, token: str, *, limit: int) -> list[int]:
        """Rows that have exactly this word or token."""
        return [row[0] for row in work.all(self._called, word=token, most=max(MOST_CANDIDATES, limit))]


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
