"""Policy's table: every choice the owner ever made, with its moment. It is only ever added to."""

from __future__ import annotations

from sqlalchemy import Table, UniqueConstraint, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import key, metadata, number, words

policy = Table(
    "policy",
    metadata,
    key(),
    words("key"),
    words("value"),
    number("at_us"),
    UniqueConstraint("key", "at_us", "value"),
    sqlite_strict=True,
)

ADD = upsert(policy).on_conflict_do_nothing(index_elements=["key", "at_us", "value"])

# the moment decides, so that an older choice coming back from the cloud does not undo a newer one
TOLD = (
    select(policy.c.key, policy.c.value)
    .where(policy.c.at_us <= bindparam("until"))
    .order_by(policy.c.at_us, policy.c.id)
)

NEWEST = select(func.max(policy.c.id))
