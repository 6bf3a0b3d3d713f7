"""Sales: one narrow row each, with its lines and tenders. What was sold in full is the body of its journal entry."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.journal import bodies_of
from storeapp.database.tables.members import hers
from storeapp.database.tables.schema import EMPTY, key, metadata, number, only_row, words

sale = Table(
    "sale",
    metadata,
    Column("id", Integer, ForeignKey("journal.place"), primary_key=True, autoincrement=False),
    words("sale_id"),
    Column("receipt", Text, nullable=False, unique=True),
    Column("token", Text, nullable=False, unique=True),
    words("redeem_code"),
    Column("request_id", Text, unique=True),
    words("request_hash"),
    words("business_date"),
    number("number_in_day", "> 0"),
    number("token_seq", "> 0"),
    words("at"),
    words("cashier"),
    words("member_id", is_null=True),
    number("total_fen"),
    number("due_fen"),
    sqlite_strict=True,
)

Index("sale_member", sale.c.member_id, sqlite_where=sale.c.member_id.is_not(None))

Index("sale_redeem_code", sale.c.redeem_code, sqlite_where=sale.c.redeem_code != EMPTY)

sale_line = Table(
    "sale_line",
    metadata,
    Column("sale", Integer, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    key("n"),
    words("code"),
    number("quantity_milli", "> 0"),
    number("gross_fen"),
    number("discount_fen"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

tender = Table(
    "tender",
    metadata,
    Column("sale", Integer, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    key("n"),
    words("kind"),
    number("fen", ">= 0"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

past_sale = Table(
    "past_sale",
    metadata,
    key(),
    Column("receipt", Text, nullable=False, unique=True),
    Column("request_id", Text, unique=True),
    words("request_hash"),
    words("business_date"),
    number("at_us"),
    number("total_fen"),
    Column("body", LargeBinary, nullable=False),
    words("member_id", is_null=True),
    sqlite_strict=True,
)

Index("past_sale_member", past_sale.c.member_id, sqlite_where=past_sale.c.member_id.is_not(None))

past_line = Table(
    "past_line",
    metadata,
    Column("sale", Integer, ForeignKey("past_sale.id"), primary_key=True, autoincrement=False),
    key("n"),
    words("code"),
    number("quantity_milli", "> 0"),
    number("net_fen"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

day = Table(
    "day",
    metadata,
    Column("business_date", Text, primary_key=True),
    number("last_number", ">= 0"),
    number("sales", ">= 0"),
    number("total_fen"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

"""What a day came to, so that nobody adds it up at the counter; the check does."""

number_floor = Table(
    "number_floor",
    metadata,
    only_row(),
    number("token_seq", ">= 0"),
    number("number_in_day", ">= 0"),
    words("until_date"),
    sqlite_strict=True,
)

"""Numbers a restored file may not issue again: it cannot know which ones its lost tail had printed."""

reprint = Table(
    "reprint",
    metadata,
    Column("receipt", Text, primary_key=True),
    number("copies", "> 0"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


ADD = insert(sale)

ADD_LINE = insert(sale_line)

ADD_TENDER = insert(tender)

ADD_PAST = insert(past_sale).returning(past_sale.c.id)

ADD_PAST_LINE = insert(past_line)

_day = upsert(day)

COUNT_IN = _day.on_conflict_do_update(
    index_elements=["business_date"],
    set_={
        "last_number": _day.excluded.last_number,
        "sales": day.c.sales + 1,
        "total_fen": day.c.total_fen + _day.excluded.total_fen,
    },
)

COUNT_IN_PAST = _day.on_conflict_do_update(
    index_elements=["business_date"],
    set_={"sales": day.c.sales + 1, "total_fen": day.c.total_fen + _day.excluded.total_fen},
)

LAST_NUMBER = select(day.c.last_number).where(day.c.business_date == bindparam("date"))

DAY = select(day.c.sales, day.c.total_fen).where(day.c.business_date == bindparam("date"))

SOLD_IN_ALL = select(func.coalesce(func.sum(sale.c.due_fen), 0))

HAS_BOUGHT = (
    select(sale.c.id).where(hers(sale.c.member_id), sale.c.member_id.is_not(None)).limit(1)
)  # fmt: skip

HAS_BOUGHT_BEFORE = (
    select(past_sale.c.id).where(hers(past_sale.c.member_id), past_sale.c.member_id.is_not(None)).limit(1)
)

LAST_TOKEN_SEQ = select(sale.c.token_seq).order_by(sale.c.id.desc()).limit(1)

FLOOR = select(number_floor.c.token_seq, number_floor.c.number_in_day, number_floor.c.until_date)

RAISE_FLOOR = text(
    "INSERT INTO number_floor (id, token_seq, number_in_day, until_date)"
    " SELECT 1, max(coalesce((SELECT max(token_seq) FROM sale), 0) + :tokens, :first_token),"
    " max(coalesce((SELECT max(number_in_day) FROM sale), 0) + :numbers, :first_number), :until WHERE true"
    " ON CONFLICT (id) DO UPDATE SET token_seq = max(token_seq, excluded.token_seq) + :tokens,"
    " number_in_day = max(number_in_day, excluded.number_in_day) + :numbers, until_date = excluded.until_date"
)

BY_RECEIPT = bodies_of(sale).where(sale.c.receipt == bindparam("receipt"))

BY_TOKEN = bodies_of(sale).where(sale.c.token == bindparam("token"))

BY_REDEEM_CODE = bodies_of(sale).where(sale.c.redeem_code == bindparam("code"), sale.c.redeem_code != EMPTY)

BY_REQUEST = bodies_of(sale, sale.c.request_hash).where(sale.c.request_id == bindparam("request_id"))

RECENT = bodies_of(sale).order_by(sale.c.id.desc()).limit(bindparam("most"))

OF_MEMBER = RECENT.where(hers(sale.c.member_id), sale.c.member_id.is_not(None))

PAST_OF_MEMBER = (
    select(past_sale.c.body)
    .where(hers(past_sale.c.member_id), past_sale.c.member_id.is_not(None))
    .order_by(past_sale.c.at_us.desc(), past_sale.c.id.desc())
    .limit(bindparam("most"))
)

EVERY = bodies_of(sale).order_by(sale.c.id)

SINCE = EVERY.where(sale.c.business_date >= bindparam("date"))

ON = EVERY.where(sale.c.business_date == bindparam("date"))

PAST_BY_RECEIPT = select(past_sale.c.body).where(past_sale.c.receipt == bindparam("receipt"))

PAST_BY_REQUEST = select(past_sale.c.body, past_sale.c.request_hash).where(
    past_sale.c.request_id == bindparam("request_id")
)

EVERY_PAST = select(past_sale.c.body).order_by(past_sale.c.at_us, past_sale.c.id)

PAST_SINCE = EVERY_PAST.where(past_sale.c.business_date >= bindparam("date"))

PAST_ON = EVERY_PAST.where(past_sale.c.business_date == bindparam("date"))

COPIES = select(reprint.c.copies).where(reprint.c.receipt == bindparam("receipt"))

COUNT_COPY = (
    upsert(reprint)
    .on_conflict_do_update(index_elements=["receipt"], set_={"copies": reprint.c.copies + 1})
    .returning(reprint.c.copies)
)
