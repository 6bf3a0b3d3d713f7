"""Outreach's table: whom each morning's list named and why, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from storeapp.database.statements.outreach import AGREED, LAPSING, LAST_WRITTEN, OF_DAY, PUT, SETTLE, SINCE
from storeapp.database.work import Row, Work
from storeapp.domain.outreach import Candidate, Due, Outcome
from storeapp.domain.outreach_reasons import Lapsing


class OutreachTable:
    """Implements `till.ports.Outreach`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def put_day(self, day: date, chosen: Iterable[Candidate]) -> None:
        rows = [
            {
                "day": day.isoformat(),
                "member_id": each.member_id,
                "place": place,
                "reason": each.reason,
                "detail": each.detail,
                "outcome": "",
                "at": "",
                "actor": "",
            }
            for place, each in enumerate(chosen)
        ]
        self._work.many(PUT, rows)

    def of_day(self, day: date) -> tuple[Due, ...]:
        return tuple(_due(row) for row in self._work.all(OF_DAY, day=day.isoformat()))

    def settle(self, day: date, member_id: str, outcome: Outcome, *, by: str, at: str) -> None:
        self._work.run(SETTLE, on=day.isoformat(), who=member_id, became=outcome, when=at, by=by)

    def last_written(self) -> dict[str, date]:
        return {member_id: date.fromisoformat(day) for member_id, day in self._work.each(LAST_WRITTEN)}

    def since(self, day: date) -> tuple[Due, ...]:
        return tuple(_due(row) for row in self._work.all(SINCE, day=day.isoformat()))

    def agreed(self) -> Iterator[str]:
        for (member_id,) in self._work.each(AGREED):
            yield member_id

    def lapsing(self, start: date, end: date) -> Iterator[Lapsing]:
        for member_id, fen, until in self._work.each(LAPSING, start=start.isoformat(), end=end.isoformat()):
            yield Lapsing(member_id, fen, date.fromisoformat(until))


def _due(row: Row) -> Due:
    day, member_id, _place, reason, detail, outcome, at, by = row
    return Due(date.fromisoformat(day), member_id, reason, detail, outcome, at, by)
