"""The print queue's table: one job, one state."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text, bindparam, insert, select, text, update

from storeapp.database.schema import flag, key, metadata, number, words
from storeapp.database.work import Row, Sql, Work
from storeapp.domain.printing import JobState, PrintJob

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
ADD = Sql(insert(print_job))
GET = Sql(select(*_columns).where(print_job.c.job_id == bindparam("job_id")))
QUEUED = Sql(
    select(*_columns)
    .where(print_job.c.state == "queued", _is_open)
    .order_by(print_job.c.id)
    .limit(bindparam("most"))
)  # fmt: skip
QUESTIONS = Sql(
    select(*_columns).where(_is_open, print_job.c.state != "queued", print_job.c.asked == 0).order_by(print_job.c.id)
)
RECENT = Sql(select(*_columns).order_by(print_job.c.id.desc()).limit(bindparam("most")))
SET_STATE = Sql(
    update(print_job)
    .where(print_job.c.job_id == bindparam("job"))
    .values(state=bindparam("new_state"), reason=bindparam("new_reason"))
)
SETTLE = Sql(update(print_job).where(print_job.c.job_id == bindparam("job")).values(asked=1))


class PrintTable:
    """Implements `till.ports.Prints`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, job: PrintJob) -> None:
        self._work.run(
            ADD,
            id=None,
            job_id=job.job_id,
            kind=job.kind,
            printer=job.printer,
            state=job.state,
            created_at=job.created_at,
            receipt=job.receipt,
            copy=job.copy,
            reason=job.reason,
            asked=int(job.asked),
        )

    def get(self, job_id: str) -> PrintJob | None:
        row = self._work.one(GET, job_id=job_id)
        return None if row is None else _job(row)

    def queued(self, *, limit: int = 10) -> tuple[PrintJob, ...]:
        return tuple(_job(row) for row in self._work.all(QUEUED, most=limit))

    def set_state(self, job_id: str, state: JobState, *, reason: str = "") -> None:
        self._work.run(SET_STATE, job=job_id, new_state=state, new_reason=reason)

    def open_questions(self) -> tuple[PrintJob, ...]:
        return tuple(_job(row) for row in self._work.all(QUESTIONS))

    def settle(self, job_id: str) -> None:
        self._work.run(SETTLE, job=job_id)

    def recent(self, *, limit: int = 20) -> tuple[PrintJob, ...]:
        return tuple(_job(row) for row in self._work.all(RECENT, most=limit))


def _job(row: Row) -> PrintJob:
    job_id, kind, printer, state, created_at, receipt, copy, reason, asked = row
    return PrintJob(job_id, kind, printer, state, created_at, receipt, copy, reason, bool(asked))
