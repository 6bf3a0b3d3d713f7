"""Coupon holds' table: which basket holds which coupon, and until when."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, bindparam, delete, insert, select

from storeapp.database.tables.schema import metadata, words

coupon_hold = Table(
    "coupon_hold",
    metadata,
    Column("code", Text, primary_key=True),
    words("holder"),
    words("until"),
    words("coupon_id"),
    words("txn_id"),
    words("sale_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

PUT = insert(coupon_hold)

OF_CODE = select(coupon_hold).where(coupon_hold.c.code == bindparam("code"))

# a handful at most: no index
OF_HOLDER = select(coupon_hold).where(coupon_hold.c.holder == bindparam("holder")).order_by(coupon_hold.c.code)

EVERY = select(coupon_hold).order_by(coupon_hold.c.code)

DROP = delete(coupon_hold).where(coupon_hold.c.code == bindparam("code"))
