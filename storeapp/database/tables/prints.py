"""The print queue's table: one job, one state."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text, bindparam, insert, select, text, update

from storeapp.database.tables.schema import flag, key, metadata, number, words

print_job = Table(
    "print_job",
    metadata,
    key(),
    Column("job_id", Text, nullable=False, unique=True),
    words("kind"),
    words("printer"),
    words("state", of=("queued", "sending", "done", "unconfirmed", "failed")),
    words("created_at"),
    words("receipt"),
    number("copy", ">= 0"),
    words("reason"),
    flag("asked"),
    sqlite_strict=True,
)

# said as text, because SQLite only uses a partial index if the query repeats its condition to the letter
_is_open = text("state <> 'done'")

Index("print_job_open", print_job.c.state, sqlite_where=_is_open)

_columns = [column for column in print_job.c if column.name != "id"]

ADD = insert(print_job)

GET = select(*_columns).where(print_job.c.job_id == bindparam("job_id"))

QUEUED = (
    select(*_columns)
    .where(print_job.c.state == "queued", _is_open)
    .order_by(print_job.c.id)
    .limit(bindparam("most"))
)  # fmt: skip

QUESTIONS = (
    select(*_columns).where(_is_open, print_job.c.state != "queued", print_job.c.asked == 0).order_by(print_job.c.id)
)

RECENT = select(*_columns).order_by(print_job.c.id.desc()).limit(bindparam("most"))

SET_STATE = (
    update(print_job)
    .where(print_job.c.job_id == bindparam("job"))
    .values(state=bindparam("new_state"), reason=bindparam("new_reason"))
)

SETTLE = update(print_job).where(print_job.c.job_id == bindparam("job")).values(asked=1)
