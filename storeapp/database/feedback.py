"""Feedback's table: what customers said of their purchases."""

from __future__ import annotations

from collections.abc import Iterable

from storeapp.database.statements.feedback import LATEST, LOW_SINCE, MARKS, PUT
from storeapp.database.work import Row, Work
from storeapp.domain import feedback
from storeapp.domain.feedback import Feedback, Marks


class FeedbackTable:
    """Implements `till.ports_feedback.FeedbackBook`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def put(self, said: Feedback) -> None:
        self._work.run(
            PUT,
            token=said.token,
            mark=said.mark,
            said=said.words,
            at=said.at,
            receipt=said.receipt,
            member_id=said.member_id,
        )

    def latest(self, *, low: bool = False, most: int = 200) -> tuple[Feedback, ...]:
        most_mark = feedback.LOW if low else feedback.MARKS[-1]
        return _read(self._work.all(LATEST, most_mark=most_mark, most=most))

    def marks(self) -> Marks:
        found: dict[int, int] = dict(self._work.all(MARKS))
        return Marks(tuple(found.get(mark, 0) for mark in feedback.MARKS))

    def low_since(self, day: str) -> tuple[Feedback, ...]:
        return _read(self._work.all(LOW_SINCE, most_mark=feedback.LOW, day=day))


def _read(rows: Iterable[Row]) -> tuple[Feedback, ...]:
    return tuple(Feedback(token, mark, said, at, receipt, who) for token, mark, said, at, receipt, who in rows)
