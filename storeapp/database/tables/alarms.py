"""The alarms' table: what people have to look at, and who did."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text, bindparam, func, literal_column, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import metadata, words
from storeapp.domain.alarm import STATES

alarm = Table(
    "alarm",
    metadata,
    Column("alarm_id", Text, primary_key=True),
    words("kind"),
    words("at"),
    words("place"),
    words("facts"),
    words("state", of=STATES),
    words("seen_by"),
    words("settled_at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# said to the letter, or the partial index would serve nobody
_waits = alarm.c.state == literal_column("'open'")
Index("alarm_open", alarm.c.kind, sqlite_where=_waits)

STANDING = select(alarm.c.kind, func.count()).where(_waits).group_by(alarm.c.kind)

BY_ID = select(alarm).where(alarm.c.alarm_id == bindparam("alarm_id"))

LATEST = (
    select(alarm).order_by(_waits.desc(), func.unixepoch(alarm.c.at).desc(), alarm.c.alarm_id).limit(bindparam("most"))
)

_put = upsert(alarm)
PUT = _put.on_conflict_do_update(
    index_elements=["alarm_id"],
    set_={column.name: _put.excluded[column.name] for column in alarm.c if not column.primary_key},
)
