"""Outreach's table: whom each morning's list named and why, and what became of it. No row names a person."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, bindparam, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import metadata, number, words

outreach = Table(
    "outreach",
    metadata,
    Column("day", Text, primary_key=True),
    Column("member_id", Text, primary_key=True),
    number("place", ">= 0"),
    words("reason"),
    words("detail"),
    words("outcome", of=("", "done", "replied", "bought", "skipped")),
    words("at"),
    words("actor"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

PUT = upsert(outreach).on_conflict_do_nothing(index_elements=["day", "member_id"])

OF_DAY = select(outreach).where(outreach.c.day == bindparam("day")).order_by(outreach.c.place)

SINCE = select(outreach).where(outreach.c.day >= bindparam("day")).order_by(outreach.c.day, outreach.c.place)

SETTLE = (
    update(outreach)
    .where(outreach.c.day == bindparam("on"), outreach.c.member_id == bindparam("who"))
    .values(outcome=bindparam("became"), at=bindparam("when"), actor=bindparam("by"))
)

LAST_WRITTEN = text(
    "SELECT member_id, max(day) FROM outreach WHERE outcome IN ('done', 'replied', 'bought') GROUP BY member_id"
)

# the latest word counts, and of two in one moment the no
AGREED = text(
    "SELECT member_id FROM (SELECT member_id, given, row_number() OVER"
    " (PARTITION BY member_id ORDER BY unixepoch(at) DESC, given) AS n FROM consent WHERE purpose = 'marketing')"
    " WHERE n = 1 AND given = 1"
)

LAPSING = text(
    "SELECT member_id, amount_fen, valid_until FROM coupon WHERE state = 'issued' AND member_id IS NOT NULL"
    " AND valid_until BETWEEN :start AND :end ORDER BY valid_until DESC, amount_fen"
)
