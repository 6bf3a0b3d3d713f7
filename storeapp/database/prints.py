"""The print queue's table: one job, one state."""

from __future__ import annotations

from storeapp.database.statements.prints import ADD, GET, QUESTIONS, QUEUED, RECENT, SET_STATE, SETTLE
from storeapp.database.work import Row, Work
from storeapp.domain.printing import JobState, PrintJob


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
