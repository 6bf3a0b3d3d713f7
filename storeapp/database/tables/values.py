"""Stored value's table: one narrow row a top-up or a payment back. In full it is the body of its journal entry."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    text,
)

from storeapp.database.tables.journal import bodies_of
from storeapp.database.tables.ledger import account, ledger_leg, ledger_txn
from storeapp.database.tables.members import hers
from storeapp.database.tables.refunds import TAKE_NUMBER as TAKE_NUMBER
from storeapp.database.tables.sales import sale, tender
from storeapp.database.tables.schema import metadata, number, words

value_doc = Table(
    "value_doc",
    metadata,
    Column("id", Integer, ForeignKey("journal.place"), primary_key=True, autoincrement=False),
    Column("doc_id", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False, unique=True),
    words("kind", of=("topup", "topup_refund")),
    Column("request_id", Text, unique=True),
    words("request_hash"),
    words("business_date"),
    number("number_in_day", "> 0"),
    Column("member_id", Text, nullable=False, index=True),
    words("tender"),
    number("money_fen", ">= 0"),
    number("principal_fen", ">= 0"),
    number("bonus_fen", ">= 0"),
    sqlite_strict=True,
)

ADD = insert(value_doc)

_with_body = bodies_of(value_doc)

BY_NUMBER = _with_body.where(value_doc.c.number == bindparam("number"))

BY_ID = _with_body.where(value_doc.c.doc_id == bindparam("doc_id"))

BY_REQUEST = bodies_of(value_doc, value_doc.c.request_hash).where(value_doc.c.request_id == bindparam("request_id"))

OF_MEMBER = _with_body.where(hers(value_doc.c.member_id)).order_by(value_doc.c.id)

PROMISED = _with_body.where(
    value_doc.c.kind == literal_column("'topup'"),
    value_doc.c.business_date >= bindparam("since"),
    text("json_extract(CAST(journal.body AS TEXT), '$.months') > 0"),
).order_by(value_doc.c.id)

SPENT_BY = (
    bodies_of(sale)
    .where(
        hers(sale.c.member_id),
        sale.c.id.in_(select(tender.c.sale).where(tender.c.kind == "stored_value")),
    )
    .order_by(sale.c.id)
)

_moment = func.coalesce(func.unixepoch(ledger_txn.c.at), literal_column("0"))

_legs = (
    ledger_leg.join(account, account.c.id == ledger_leg.c.account).join(ledger_txn, ledger_txn.c.id == ledger_leg.c.txn)
)  # fmt: skip

_on = and_(account.c.name > bindparam("prefix"), account.c.name < bindparam("prefix_end"))

_each = (
    select(func.sum(ledger_leg.c.amount).label("amount"))
    .select_from(_legs)
    .where(_on, _moment < bindparam("until"))
    .group_by(account.c.id)
    .having(func.sum(ledger_leg.c.amount) != literal_column("0"))
    .subquery("each")
)

OWED = select(func.count(), func.sum(_each.c.amount)).select_from(_each)

MOVED = (
    select(ledger_txn.c.kind, func.sum(ledger_leg.c.amount))
    .select_from(_legs)
    .where(_on, _moment >= bindparam("since"), _moment < bindparam("until"))
    .group_by(ledger_txn.c.kind)
)

ON = _with_body.where(value_doc.c.business_date == bindparam("date")).order_by(value_doc.c.id)
