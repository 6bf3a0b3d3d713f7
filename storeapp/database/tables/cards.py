"""The cards' tables: one narrow row a card sold, paid back or handed on. In full it is the body of its journal entry.

What other tills wrote of cards stands beside it, whole, as the cloud told it.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, bindparam, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.journal import bodies_of
from storeapp.database.tables.members import hers
from storeapp.database.tables.refunds import TAKE_NUMBER as TAKE_NUMBER
from storeapp.database.tables.schema import flag, key, metadata, number, words

card_doc = Table(
    "card_doc",
    metadata,
    Column("id", Integer, ForeignKey("journal.place"), primary_key=True, autoincrement=False),
    Column("doc_id", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False, unique=True),
    words("deed", of=("card_sold", "card_refund", "card_given")),
    Column("request_id", Text, unique=True),
    words("request_hash"),
    words("business_date"),
    number("number_in_day", "> 0"),
    Column("member_id", Text, nullable=False, index=True),
    Column("card_id", Text, nullable=False, index=True),
    words("tender"),
    number("money_fen", ">= 0"),
    number("times", ">= 0"),
    number("worth_fen", ">= 0"),
    sqlite_strict=True,
)

card_told = Table(
    "card_told",
    metadata,
    key(),
    Column("doc_id", Text, nullable=False, unique=True),
    words("number"),
    Column("member_id", Text, nullable=False, index=True),
    Column("card_id", Text, nullable=False, index=True),
    flag("is_ours"),
    words("body"),
    sqlite_strict=True,
)
"""Ours are those of a machine that stood here before."""

ADD = insert(card_doc)

TELL = upsert(card_told).on_conflict_do_nothing(index_elements=["doc_id"])

_with_body = bodies_of(card_doc)

BY_NUMBER = _with_body.where(card_doc.c.number == bindparam("number"))

BY_REQUEST = bodies_of(card_doc, card_doc.c.request_hash).where(card_doc.c.request_id == bindparam("request_id"))

OF_CARD = _with_body.where(card_doc.c.card_id == bindparam("card_id")).order_by(card_doc.c.id)

_of_hers = card_doc.alias("of_hers")

OF_MEMBER = _with_body.where(
    card_doc.c.card_id.in_(select(_of_hers.c.card_id).where(hers(_of_hers.c.member_id)))
).order_by(card_doc.c.id)

ON = _with_body.where(card_doc.c.business_date == bindparam("date")).order_by(card_doc.c.id)

EVERY = _with_body.order_by(card_doc.c.id)

# told of by mistake, what this till knows itself is known once
_own = select(card_doc.c.doc_id)
_told = select(card_told.c.body, card_told.c.is_ours).where(card_told.c.doc_id.not_in(_own))

TOLD_BY_NUMBER = _told.where(card_told.c.number == bindparam("number")).order_by(card_told.c.id)

TOLD_OF_CARD = _told.where(card_told.c.card_id == bindparam("card_id")).order_by(card_told.c.id)

_told_hers = card_told.alias("told_hers")

TOLD_OF_MEMBER = _told.where(
    card_told.c.card_id.in_(select(_told_hers.c.card_id).where(hers(_told_hers.c.member_id)))
).order_by(card_told.c.id)

TOLD_EVERY = _told.order_by(card_told.c.id)
