"""Attempts' table: tries to take money, on disk before anything is sent."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import key, metadata, number, words

attempt = Table(
    "attempt",
    metadata,
    key(),
    Column("attempt_id", Text, nullable=False, unique=True),
    words("sale_id"),
    words("provider"),
    number("fen", ">= 0"),
    words("state", of=("sent", "paid", "refused", "unknown")),
    words("at"),
    sqlite_strict=True,
)

_new = upsert(attempt)

PUT = _new.on_conflict_do_update(
    index_elements=["attempt_id"],
    set_={name: _new.excluded[name] for name in ("sale_id", "provider", "fen", "state", "at")},
)

UNSETTLED = (
    select(*(column for column in attempt.c if column.name != "id"))
    .where(or_(attempt.c.state == "sent", attempt.c.state == "unknown"))
    .order_by(attempt.c.id)
)
