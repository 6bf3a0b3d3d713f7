"""Search words of members: plain rows, so that deleting them leaves nothing behind as a full-text index would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, bindparam, select

from storeapp.database.schema import metadata
from storeapp.database.work import Sql, Work
from storeapp.domain.search import Findable

MOST_CANDIDATES = 200
END = "\U0010ffff"

member_word = Table(
    "member_word",
    metadata,
    Column("inside", Integer, primary_key=True, autoincrement=False),
    Column("word", Text, primary_key=True),
    Column("member", Integer, ForeignKey("member.id"), primary_key=True, autoincrement=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""`inside` is 0 for what her name begins with (and for digits of her phone), 1 for what is further inside."""
Index("member_word_member", member_word.c.member)

_of = member_word.c
STARTING = Sql(
    select(_of.member)
    .distinct()
    .where(_of.inside == bindparam("inside"), _of.word >= bindparam("word"), _of.word < bindparam("end"))
    .limit(bindparam("most"))
)
EXACT = Sql(
    select(_of.member).where(_of.inside == 0, _of.word == bindparam("word")).limit(bindparam("most"))
)  # fmt: skip
ALL_STARTING = Sql(
    select(_of.member).where(
        _of.inside == bindparam("inside"), _of.word >= bindparam("word"), _of.word < bindparam("end")
    )
)


def words_for(thing: Findable, tokens: Sequence[str]) -> Iterator[dict[str, object]]:
    """The rows somebody is found by: tails of her name and initials, pinyin from each syllable on, `tokens`."""
    for token in tokens:
        yield {"inside": 0, "word": token}
    for text in thing.beginnings:
        yield {"inside": 0, "word": text}
    tails = {thing.name[at:] for at in range(1, len(thing.name))}
    for spelling in thing.spellings:
        tails |= {spelling.initials[at:] for at in range(1, len(spelling.initials))}
        tails |= {"".join(spelling.syllables[at:]) for at in range(1, len(spelling.syllables))}
    for tail in tails:
        yield {"inside": 1, "word": tail}


def candidates(work: Work, typed: Sequence[str], tokens: Sequence[str], *, limit: int) -> list[int]:
    """Rows of members who may match, the likely ones first."""
    most = max(MOST_CANDIDATES, limit)
    found: dict[int, None] = {}
    for token in tokens:
        found.update(dict.fromkeys(row[0] for row in work.all(EXACT, word=token, most=most)))
    if len(typed) == 1:
        for inside in (0, 1):
            if len(found) < most:
                rows = work.all(STARTING, inside=inside, word=typed[0], end=typed[0] + END, most=most)
                found.update(dict.fromkeys(row[0] for row in rows))
    else:
        sets = [_all_starting(work, word) for word in typed]
        found.update(dict.fromkeys(sorted(set.intersection(*sets))[:most]))
    return list(found)


def _all_starting(work: Work, word: str) -> set[int]:
    rows = (work.all(ALL_STARTING, inside=inside, word=word, end=word + END) for inside in (0, 1))
    return {row[0] for part in rows for row in part}
