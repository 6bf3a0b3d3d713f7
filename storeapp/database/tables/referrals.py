"""Referrals' tables: who brought whom, and what each of the two got; and what the newcomer bought."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text, UniqueConstraint, bindparam, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.members import member
from storeapp.database.tables.schema import EMPTY, among, key, metadata, number, words

referral = Table(
    "referral",
    metadata,
    key(),
    Column("newcomer_id", Text, nullable=False, unique=True),
    words("referrer_id"),
    words("named_at"),
    words("named_on"),
    words("cashier"),
    words("way", of=("code", "phone")),
    words("state", of=("named", "rewarded", "reversed", "closed")),
    words("why"),
    words("sale_id"),
    words("settled_at"),
    sqlite_strict=True,
)

Index("referral_referrer", referral.c.referrer_id)

Index("referral_sale", referral.c.sale_id, unique=True, sqlite_where=referral.c.sale_id != EMPTY)

Index("referral_named", referral.c.id, sqlite_where=referral.c.state == text("'named'"))

referral_given = Table(
    "referral_given",
    metadata,
    key(),
    words("newcomer_id"),
    words("side", of=("newcomer", "referrer")),
    words("member_id"),
    words("kind", of=("points", "coupon")),
    number("amount", "> 0"),
    Column("txn_id", Text, nullable=False, unique=True),
    words("day"),
    words("coupon_id"),
    UniqueConstraint("newcomer_id", "side"),
    sqlite_strict=True,
)

Index("referral_given_member", referral_given.c.member_id, referral_given.c.day)

Index("referral_given_coupon", referral_given.c.coupon_id, sqlite_where=referral_given.c.coupon_id != EMPTY)

referral_told = Table(
    "referral_told",
    metadata,
    Column("newcomer_id", Text, primary_key=True),
    *(words(name) for name in ("referrer_id", "named_at", "named_on", "cashier", "way", "state", "why", "sale_id")),
    words("settled_at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

"""Who brought whom at other tills, as the cloud tells it: to be known, never to be thanked here."""

Index("referral_told_referrer", referral_told.c.referrer_id)

referral_bought = Table(
    "referral_bought",
    metadata,
    Column("sale_id", Text, primary_key=True),
    words("newcomer_id"),
    words("day"),
    number("left_fen"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

"""What newcomers named here bought at other tills, and how much of it did not come back."""

Index("referral_bought_newcomer", referral_bought.c.newcomer_id)

# her code is the end of her id: nothing is kept that could disagree
_end = func.substr(member.c.member_id, text("-9"))
Index("member_ending", _end)

ENDING = select(member.c.member_id).where(_end.in_(among("tails"))).order_by(member.c.id)

ADD = insert(referral)

SETTLE = (
    update(referral)
    .where(referral.c.newcomer_id == bindparam("of_newcomer"))
    .values(
        state=bindparam("new_state"),
        why=bindparam("new_why"),
        sale_id=bindparam("new_sale"),
        settled_at=bindparam("new_settled_at"),
    )
)

_told = select(*(column for column in referral.c if column.name != "id"))

OF = _told.where(referral.c.newcomer_id == bindparam("newcomer_id"))

BY_SALE = _told.where(referral.c.sale_id == bindparam("sale_id"), referral.c.sale_id != EMPTY)

OF_REFERRER = _told.where(referral.c.referrer_id == bindparam("referrer_id")).order_by(referral.c.id)

NAMED = _told.where(referral.c.state == text("'named'")).order_by(referral.c.id)

LATEST = _told.order_by(referral.c.id.desc()).limit(bindparam("most"))

GIVE = insert(referral_given)

_given = select(*(column for column in referral_given.c if column.name != "id"))

GIVEN = _given.where(referral_given.c.newcomer_id == bindparam("newcomer_id")).order_by(referral_given.c.side)

BY_COUPON = _given.where(referral_given.c.coupon_id == bindparam("coupon_id"), referral_given.c.coupon_id != EMPTY)

THANKED = (
    select(func.count())
    .select_from(referral_given.join(referral, referral.c.newcomer_id == referral_given.c.newcomer_id))
    .where(
        referral_given.c.member_id == bindparam("member_id"),
        referral_given.c.side == text("'referrer'"),
        referral_given.c.day >= bindparam("month"),
        referral_given.c.day < bindparam("month_after"),
        referral.c.state == text("'rewarded'"),
    )
)

_tell = upsert(referral_told)

TELL = _tell.on_conflict_do_update(
    index_elements=["newcomer_id"],
    set_={column.name: _tell.excluded[column.name] for column in referral_told.c if column.name != "newcomer_id"},
)

_elsewhere = select(*(referral_told.c[column.name] for column in referral.c if column.name != "id"))

TOLD = _elsewhere.where(referral_told.c.newcomer_id == bindparam("newcomer_id"))

TOLD_OF_REFERRER = _elsewhere.where(referral_told.c.referrer_id == bindparam("referrer_id")).order_by(
    referral_told.c.named_at, referral_told.c.newcomer_id
)

_bought = upsert(referral_bought)

BOUGHT_ELSEWHERE = _bought.on_conflict_do_update(
    index_elements=["sale_id"], set_={"left_fen": _bought.excluded.left_fen}
)

FALLEN = (
    select(*(column for column in referral.c if column.name != "id"), referral_bought.c.left_fen)
    .join(referral_bought, referral_bought.c.sale_id == referral.c.sale_id)
    .where(referral.c.state == text("'rewarded'"))
    .order_by(referral.c.id)
)

# what she took on account is no purchase until she has paid all she owes
BOUGHT = text(
    "SELECT sale_id, day, left_fen FROM (SELECT s.sale_id, s.business_date AS day, s.id AS place, s.total_fen"
    " - (SELECT coalesce(sum(r.total_fen), 0) FROM refund r WHERE r.sale_id = s.sale_id) AS left_fen"
    " FROM sale s WHERE s.member_id = :member_id AND s.business_date >= :since"
    " AND (NOT EXISTS (SELECT 1 FROM tender t WHERE t.sale = s.id AND t.kind = 'on_account')"
    " OR coalesce((SELECT a.balance FROM account a WHERE a.name = :owed AND a.unit = 'fen'), 0) = 0)"
    " UNION ALL SELECT b.sale_id, b.day, 0, b.left_fen FROM referral_bought b"
    " WHERE b.newcomer_id = :member_id AND b.day >= :since) ORDER BY day, place, sale_id"
)
