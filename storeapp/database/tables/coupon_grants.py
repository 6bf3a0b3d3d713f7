"""Coupon templates' table, every word said of one; and the grants': why a coupon was given, once a key."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint, bindparam, func, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.coupons import coupon
from storeapp.database.tables.members import member
from storeapp.database.tables.schema import key, metadata, number, words

coupon_template = Table(
    "coupon_template",
    metadata,
    key(),
    words("template_id"),
    number("version", "> 0"),
    words("state", of=("draft", "live", "ended")),
    words("data"),
    words("changed_at"),
    words("actor"),
    number("at_us"),
    UniqueConstraint("template_id", "at_us", "version", "state"),
    sqlite_strict=True,
)

ADD = upsert(coupon_template).on_conflict_do_nothing(index_elements=["template_id", "at_us", "version", "state"])

NEWEST = select(func.max(coupon_template.c.id))

TOLD = select(
    coupon_template.c.template_id,
    coupon_template.c.version,
    coupon_template.c.data,
    coupon_template.c.state,
    coupon_template.c.changed_at,
    coupon_template.c.actor,
).order_by(coupon_template.c.at_us, coupon_template.c.id)

TOLD_OF = TOLD.where(coupon_template.c.template_id == bindparam("template_id"))

coupon_grant = Table(
    "coupon_grant",
    metadata,
    Column("key", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    words("coupon_id"),
    words("template_id"),
    words("member_id", is_null=True),
    words("why", of=("issued", "join", "birthday", "winback", "next_visit", "goodwill")),
    number("cost_fen", ">= 0"),
    words("actor"),
    words("reason"),
    words("at"),
    words("asked"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

Index("coupon_grant_coupon", coupon_grant.c.coupon_id, unique=True)

# the primary key decides, never a look beforehand
GIVE = insert(coupon_grant)

OF_KEY = select(coupon_grant).where(coupon_grant.c.key == bindparam("key")).order_by(coupon_grant.c.n)

OF_COUPON = select(coupon_grant).where(coupon_grant.c.coupon_id == bindparam("coupon_id"))

WALLET = (
    select(coupon)
    .where(coupon.c.member_id == bindparam("member_id"))
    .order_by(coupon.c.valid_until.desc(), coupon.c.coupon_id)
)

TALLY = text(
    "SELECT offer_id, CASE WHEN state = 'issued' AND valid_until < :day THEN 'lapsed' ELSE state END AS stands,"
    " count(*) FROM coupon GROUP BY offer_id, stands"
)

USES = text(
    "SELECT DISTINCT s.receipt FROM coupon c JOIN account a ON a.name = 'coupon:' || c.coupon_id AND a.unit = 'coupon'"
    " JOIN ledger_leg l ON l.account = a.id AND l.amount < 0 JOIN ledger_txn t ON t.id = l.txn"
    " JOIN sale s ON s.sale_id = t.txn_id WHERE c.state = 'redeemed'"
)

SALES_WITH = text(
    "SELECT DISTINCT s.sale_id, s.receipt FROM account a JOIN ledger_leg l ON l.account = a.id AND l.amount < 0"
    " JOIN ledger_txn t ON t.id = l.txn JOIN sale s ON s.sale_id = t.txn_id"
    " WHERE a.name = :name AND a.unit = 'coupon' ORDER BY s.id"
)

COSTS = text(
    "SELECT g.template_id, sum(g.cost_fen) FROM coupon_grant g JOIN coupon c ON c.coupon_id = g.coupon_id"
    " WHERE c.state = 'redeemed' GROUP BY g.template_id"
)

MEMBERS = select(member.c.member_id)

EVERY = select(coupon_grant).order_by(coupon_grant.c.at, coupon_grant.c.key, coupon_grant.c.n)
