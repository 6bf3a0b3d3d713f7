"""Feedback's table: what customers said of their purchases. The first answer of a receipt stays."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import metadata, number, words

feedback = Table(
    "feedback",
    metadata,
    Column("token", Text, primary_key=True),
    number("mark", "BETWEEN 1 AND 5"),
    words("said"),
    words("at"),
    words("receipt"),
    words("member_id", is_null=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

Index("feedback_member", feedback.c.member_id, sqlite_where=feedback.c.member_id.is_not(None))

_when = func.unixepoch(feedback.c.at, type_=Integer)

PUT = upsert(feedback).on_conflict_do_nothing(index_elements=["token"])

LATEST = (
    select(feedback)
    .where(feedback.c.mark <= bindparam("most_mark"))
    .order_by(_when.desc(), feedback.c.token)
    .limit(bindparam("most"))
)

MARKS = select(feedback.c.mark, func.count()).group_by(feedback.c.mark)

LOW_SINCE = (
    select(feedback)
    .where(
        feedback.c.member_id.is_not(None),
        feedback.c.mark <= bindparam("most_mark"),
        func.substr(feedback.c.at, 1, 10) >= bindparam("day"),
    )
    .order_by(_when, feedback.c.token)
)

# two who are one person: what the one said stays said
MOVE = (
    update(feedback)
    .where(feedback.c.member_id == bindparam("was"), feedback.c.member_id.is_not(None))
    .values(member_id=bindparam("now"))
)

# the mark stays, as the sale does; what she wrote goes with her
FORGET = (
    update(feedback).where(feedback.c.member_id == bindparam("who"), feedback.c.member_id.is_not(None)).values(said="")
)
