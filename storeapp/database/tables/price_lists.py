"""Price lists' table: every word said of one. They are only ever added to."""

from __future__ import annotations

from sqlalchemy import Table, UniqueConstraint, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import key, metadata, number, words

price_list = Table(
    "price_list",
    metadata,
    key(),
    words("list_id"),
    number("version", "> 0"),
    words("state", of=("draft", "live", "ended")),
    words("data"),
    words("changed_at"),
    words("actor"),
    number("at_us"),
    UniqueConstraint("list_id", "at_us", "version", "state"),
    sqlite_strict=True,
)

ADD = upsert(price_list).on_conflict_do_nothing(index_elements=["list_id", "at_us", "version", "state"])

NEWEST = select(func.max(price_list.c.id))

# the moment decides, so that an older word coming back from the cloud does not undo a newer one
TOLD = select(
    price_list.c.list_id,
    price_list.c.version,
    price_list.c.data,
    price_list.c.state,
    price_list.c.changed_at,
    price_list.c.actor,
).order_by(price_list.c.at_us, price_list.c.id)

TOLD_OF = TOLD.where(price_list.c.list_id == bindparam("list_id"))
