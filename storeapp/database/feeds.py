"""Feeds' tables: how far each was read, and which receipts' pages were opened or claimed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Table, Text, bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.schema import metadata, number, words
from storeapp.database.work import Sql, Work
from storeapp.till.ports import Cursor

feed = Table(
    "feed",
    metadata,
    Column("feed", Text, primary_key=True),
    number("feed_epoch", ">= 0"),
    number("seq", ">= 0"),
    words("sum"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
loop_mark = Table(
    "loop_mark",
    metadata,
    Column("what", Text, CheckConstraint("what IN ('opened', 'claimed')"), primary_key=True),
    Column("token", Text, primary_key=True),
    words("at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

CURSOR = Sql(select(feed).where(feed.c.feed == bindparam("feed")))
_new = upsert(feed)
MOVE = Sql(
    _new.on_conflict_do_update(
        index_elements=["feed"],
        set_={"feed_epoch": _new.excluded.feed_epoch, "seq": _new.excluded.seq, "sum": _new.excluded.sum},
    )
)
NOTE = Sql(upsert(loop_mark).on_conflict_do_nothing(index_elements=["what", "token"]))
NOTED = Sql(select(loop_mark.c.token, loop_mark.c.at).where(loop_mark.c.what == bindparam("what")))


class FeedTable:
    """Implements `till.ports.Feeds`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def cursor(self, feed: str) -> Cursor | None:
        row = self._work.one(CURSOR, feed=feed)
        return None if row is None else Cursor(*row)

    def move(self, cursor: Cursor) -> None:
        self._work.run(MOVE, feed=cursor.feed, feed_epoch=cursor.feed_epoch, seq=cursor.seq, sum=cursor.sum)

    def note_opened(self, token: str, at: str) -> None:
        self._work.run(NOTE, what="opened", token=token, at=at)

    def opened(self) -> dict[str, str]:
        return dict(self._work.all(NOTED, what="opened"))

    def note_claimed(self, token: str, at: str) -> None:
        self._work.run(NOTE, what="claimed", token=token, at=at)

    def claimed(self) -> dict[str, str]:
        return dict(self._work.all(NOTED, what="claimed"))
