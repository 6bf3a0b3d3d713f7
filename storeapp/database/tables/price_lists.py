"""Price lists' table: every word said of one. Only ever added to; the last word about a list holds, and may be none."""

from __future__ import annotations

from sqlalchemy import Table, func, insert, select

from storeapp.database.tables.schema import key, metadata, words

price_list = Table(
    "price_list",
    metadata,
    key(),
    words("list_id"),
    words("data", is_null=True),
    words("at"),
    sqlite_strict=True,
)

ADD = insert(price_list)

NEWEST = select(func.max(price_list.c.id))

# the last word about each list
_last = select(func.max(price_list.c.id)).group_by(price_list.c.list_id).scalar_subquery()

EVERY = (
    select(price_list.c.data)
    .where(price_list.c.id.in_(_last), price_list.c.data.is_not(None))
    .order_by(price_list.c.list_id)
)
