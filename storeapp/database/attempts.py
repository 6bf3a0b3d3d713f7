"""Attempts' table: tries to take money and to give it back, on disk before anything is sent."""

from __future__ import annotations

from dataclasses import asdict

from storeapp.database.statements.attempts import (
    BETWEEN,
    BY_CODE,
    BY_ID,
    BY_TRADE,
    OF_DOCUMENT,
    OPEN_ONES,
    OWED_BACK,
    PUT,
    REFUNDS_OF,
    UNSETTLED_ONES,
    UNUSED,
)
from storeapp.database.work import Row, Work
from storeapp.till.records import Attempt


class AttemptTable:
    """Implements `till.ports.Attempts`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def put(self, attempt: Attempt) -> None:
        self._work.run(PUT, id=None, **asdict(attempt))

    def open(self) -> tuple[Attempt, ...]:
        return _attempts(self._work.all(OPEN_ONES))

    def unsettled(self) -> tuple[Attempt, ...]:
        return _attempts(self._work.all(UNSETTLED_ONES))

    def unused(self) -> tuple[Attempt, ...]:
        return _attempts(self._work.all(UNUSED))

    def owed_back(self) -> tuple[Attempt, ...]:
        return _attempts(self._work.all(OWED_BACK))

    def by_id(self, attempt_id: str) -> Attempt | None:
        row = self._work.one(BY_ID, attempt_id=attempt_id)
        return None if row is None else Attempt(*row)

    def by_trade(self, trade_number: str) -> Attempt | None:
        row = self._work.one(BY_TRADE, trade_number=trade_number)
        return None if row is None else Attempt(*row)

    def refunds_of(self, trade_number: str) -> tuple[Attempt, ...]:
        return _attempts(self._work.all(REFUNDS_OF, trade_number=trade_number))

    def of_document(self, sale_id: str) -> tuple[Attempt, ...]:
        return _attempts(self._work.all(OF_DOCUMENT, sale_id=sale_id))

    def by_code(self, code_hash: str) -> tuple[Attempt, ...]:
        return _attempts(self._work.all(BY_CODE, code_hash=code_hash))

    def between(self, start: str, end: str) -> tuple[Attempt, ...]:
        return _attempts(self._work.all(BETWEEN, start=start, end=end))


def _attempts(rows: list[Row]) -> tuple[Attempt, ...]:
    return tuple(Attempt(*row) for row in rows)
