"""Feeds' tables: how far each was read, and which receipts' pages were opened."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import metadata, number, words

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

page_open = Table(
    "page_open",
    metadata,
    Column("token", Text, primary_key=True),
    words("at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

CURSOR = select(feed).where(feed.c.feed == bindparam("feed"))

_new = upsert(feed)

MOVE = _new.on_conflict_do_update(
    index_elements=["feed"],
    set_={"feed_epoch": _new.excluded.feed_epoch, "seq": _new.excluded.seq, "sum": _new.excluded.sum},
)

NOTE = upsert(page_open).on_conflict_do_nothing(index_elements=["token"])

NOTED = select(page_open.c.token, page_open.c.at)
