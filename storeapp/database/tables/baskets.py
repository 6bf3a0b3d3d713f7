"""Baskets' tables: the unfinished one, and those put aside."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import key, metadata, number, only_row, words

current_basket = Table("current_basket", metadata, only_row(), words("data"), sqlite_strict=True)

parked_basket = Table(
    "parked_basket",
    metadata,
    key(),
    Column("parked_id", Text, nullable=False, unique=True),
    words("label"),
    words("parked_at"),
    words("cashier"),
    number("lines", ">= 0"),
    number("total_fen"),
    words("data"),
    sqlite_strict=True,
)

_current = upsert(current_basket)

KEEP = _current.on_conflict_do_update(index_elements=["id"], set_={"data": _current.excluded.data})

DROP = delete(current_basket)

CURRENT = select(current_basket.c.data)

PARK = insert(parked_basket)

_parked = select(*(column for column in parked_basket.c if column.name != "id"))

PARKED = _parked.order_by(parked_basket.c.id)

PARKED_ONE = _parked.where(parked_basket.c.parked_id == bindparam("parked_id"))

UNPARK = delete(parked_basket).where(parked_basket.c.parked_id == bindparam("parked_id"))
