"""Refunds' tables: one narrow row each, with its lines and tenders. In full it is the body of its journal entry."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.journal import bodies_of
from storeapp.database.tables.sales import day
from storeapp.database.tables.schema import flag, key, metadata, number, words

refund = Table(
    "refund",
    metadata,
    Column("id", Integer, ForeignKey("journal.place"), primary_key=True, autoincrement=False),
    Column("refund_id", Text, nullable=False, unique=True),
    Column("receipt", Text, nullable=False, unique=True),
    Column("sale_id", Text, nullable=False, index=True),
    Column("request_id", Text, unique=True),
    words("request_hash"),
    words("business_date"),
    number("number_in_day", "> 0"),
    words("member_id", is_null=True),
    number("total_fen", ">= 0"),
    number("back_fen", ">= 0"),
    sqlite_strict=True,
)

# what came back of a member's goods is asked at the counter, while she stands there
Index("refund_member", refund.c.member_id, sqlite_where=refund.c.member_id.is_not(None))

refund_line = Table(
    "refund_line",
    metadata,
    Column("refund", Integer, ForeignKey("refund.id"), primary_key=True, autoincrement=False),
    key("line"),
    words("code"),
    number("quantity_milli", "> 0"),
    number("net_fen", ">= 0"),
    flag("restock"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

refund_tender = Table(
    "refund_tender",
    metadata,
    Column("refund", Integer, ForeignKey("refund.id"), primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    number("fen", "> 0"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

ADD = insert(refund)

ADD_LINE = insert(refund_line)

ADD_TENDER = insert(refund_tender)

_with_body = bodies_of(refund)

BY_RECEIPT = _with_body.where(refund.c.receipt == bindparam("receipt"))

BY_REQUEST = bodies_of(refund, refund.c.request_hash).where(refund.c.request_id == bindparam("request_id"))

OF_SALE = _with_body.where(refund.c.sale_id == bindparam("sale_id")).order_by(refund.c.id)

ON = _with_body.where(refund.c.business_date == bindparam("date")).order_by(refund.c.id)

BACK = (
    select(refund_line.c.line, func.sum(refund_line.c.quantity_milli), func.sum(refund_line.c.net_fen))
    .join(refund, refund.c.id == refund_line.c.refund)
    .where(refund.c.sale_id == bindparam("sale_id"))
    .group_by(refund_line.c.line)
)

_day = upsert(day)

# a refund takes a number of its day and is no sale of it
TAKE_NUMBER = _day.on_conflict_do_update(
    index_elements=["business_date"], set_={"last_number": _day.excluded.last_number}
)
