"""Coupons' table: those this till knows of, in the state it knows."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text, bindparam, case, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import EMPTY, metadata, number, words

coupon = Table(
    "coupon",
    metadata,
    Column("coupon_id", Text, primary_key=True),
    words("code"),
    words("offer_id"),
    number("amount_fen", ">= 0"),
    number("min_spend_fen", ">= 0"),
    words("valid_from"),
    words("valid_until"),
    words("member_id", is_null=True),
    words("state", of=("issued", "redeemed", "void")),
    words("receipt_token"),
    Column("terms", Text, nullable=False, server_default="{}"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

Index("coupon_code", coupon.c.code)

Index("coupon_member", coupon.c.member_id, sqlite_where=coupon.c.member_id.is_not(None))

Index("coupon_receipt", coupon.c.receipt_token, sqlite_where=coupon.c.receipt_token != EMPTY)

# a code may have been given out twice by two tills that never met: the one still out is meant
_out_first = case((coupon.c.state == "issued", 0), else_=1)

BY_CODE = select(coupon).where(coupon.c.code == bindparam("code")).order_by(_out_first).limit(1)

BY_ID = select(coupon).where(coupon.c.coupon_id == bindparam("coupon_id"))

BY_TOKEN = select(coupon).where(coupon.c.receipt_token == bindparam("token"), coupon.c.receipt_token != EMPTY)

OF_MEMBER = (
    select(coupon)
    .where(coupon.c.member_id == bindparam("member_id"), coupon.c.state == "issued")
    .order_by(coupon.c.valid_until, coupon.c.coupon_id)
)

EVER_OF_MEMBER = (
    select(coupon)
    .where(coupon.c.member_id == bindparam("member_id"))
    .order_by(coupon.c.valid_until, coupon.c.coupon_id)
)

ALL_OF_OFFER = select(coupon).where(
    coupon.c.member_id == bindparam("member_id"), coupon.c.offer_id == bindparam("offer_id")
)

OF_OFFER = ALL_OF_OFFER.limit(1)

_new = upsert(coupon)

PUT = _new.on_conflict_do_update(
    index_elements=["coupon_id"],
    set_={column.name: _new.excluded[column.name] for column in coupon.c if column.name != "coupon_id"},
    where=(coupon.c.state == "issued") | (_new.excluded.state != "issued"),
)

GIVE_BACK = (
    update(coupon)
    .where(coupon.c.coupon_id == bindparam("which"), coupon.c.state == "redeemed")
    .values(state="issued")
)  # fmt: skip
