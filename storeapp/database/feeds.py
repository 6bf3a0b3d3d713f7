"""Feeds' tables: how far each was read, and which receipts' pages were opened."""

from __future__ import annotations

from storeapp.database.statements.feeds import CURSOR, MOVE, NOTE, NOTED
from storeapp.database.work import Work
from storeapp.till.records import Cursor


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
        self._work.run(NOTE, token=token, at=at)

    def opened(self) -> dict[str, str]:
        return dict(self._work.all(NOTED))
