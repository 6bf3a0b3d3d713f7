"""Attempts' table: tries to take money, on disk before anything is sent."""

from __future__ import annotations

from storeapp.database.statements.attempts import PUT, UNSETTLED
from storeapp.database.work import Work
from storeapp.till.records import Attempt


class AttemptTable:
    """Implements `till.ports.Attempts`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def put(self, attempt: Attempt) -> None:
        self._work.run(
            PUT,
            id=None,
            attempt_id=attempt.attempt_id,
            sale_id=attempt.sale_id,
            provider=attempt.provider,
            fen=attempt.fen,
            state=attempt.state,
            at=attempt.at,
        )

    def unsettled(self) -> tuple[Attempt, ...]:
        return tuple(Attempt(*row) for row in self._work.all(UNSETTLED))
