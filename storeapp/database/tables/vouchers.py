"""Vouchers' table: each number, and the receipt it was taken for while it is taken."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import EMPTY, metadata, words

voucher = Table(
    "voucher",
    metadata,
    Column("number", Text, primary_key=True),
    words("receipt"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

_new = upsert(voucher)

# one that came back is good again; one that is taken stays with its receipt, and nothing is returned
TAKE = _new.on_conflict_do_update(
    index_elements=["number"], set_={"receipt": _new.excluded.receipt}, where=voucher.c.receipt == EMPTY
).returning(voucher.c.number)

RECEIPT_OF = select(voucher.c.receipt).where(voucher.c.number == bindparam("number"))

GIVE_BACK = (
    update(voucher)
    .where(voucher.c.number == bindparam("its_number"), voucher.c.receipt == bindparam("its_receipt"))
    .values(receipt=EMPTY)
)
