"""The journal's table: what this till did, chained. It is only ever added to; a trigger refuses anything else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, LargeBinary, Table, bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.sql import Select

from storeapp.database.tables.schema import key, metadata, number, only_row, words

journal = Table(
    "journal",
    metadata,
    key("place"),
    Column("event_id", LargeBinary, nullable=False),
    words("type"),
    number("v", "> 0"),
    words("at"),
    # before the body, which may fill pages of its own: the chain is followed without reading them
    Column("hash", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_strict=True,
)

ack_mark = Table(
    "ack_mark", metadata, only_row(), number("epoch", "> 0"), number("seq", ">= 0"), sqlite_strict=True
)  # fmt: skip


def bodies_of(table: Table, *more: Any) -> Select[Any]:
    """What the entries say that rows of `table` stand for, whose id is an entry's place; with `more` of the rows."""
    return select(journal.c.body, *more).join(table, table.c.id == journal.c.place)


_before = journal.alias("before")

_entries = select(journal, _before.c.hash.label("prev")).outerjoin(_before, _before.c.place == journal.c.place - 1)

ADD = insert(journal)

HEAD = (
    select(journal.c.place, journal.c.hash)
    .where(journal.c.place.between(bindparam("first"), bindparam("last")))
    .order_by(journal.c.place.desc())
    .limit(1)
)

AFTER = (
    _entries.where(journal.c.place > bindparam("after"), journal.c.place <= bindparam("last"))
    .order_by(journal.c.place)
    .limit(bindparam("most"))
)

AT = _entries.where(journal.c.place == bindparam("place"))

BODY = select(journal.c.body).where(journal.c.place == bindparam("place"))

EVERY = _entries.order_by(journal.c.place)

ACKED = select(ack_mark.c.seq).where(ack_mark.c.epoch == bindparam("epoch"))

_mark = upsert(ack_mark)

ACK = (
    _mark.on_conflict_do_update(
        index_elements=["id"], set_={"epoch": _mark.excluded.epoch, "seq": _mark.excluded.seq}
    )
)  # fmt: skip

LAST_PLACE = select(func.max(journal.c.place))
