"""The alarms' table: what people have to look at, and who did."""

from __future__ import annotations

import json
from collections.abc import Mapping

from storeapp.database.statements.alarms import BY_ID, LATEST, PUT, STANDING
from storeapp.database.work import Row, Work
from storeapp.domain.alarm import Alarm


class AlarmTable:
    """Implements `till.ports_alarms.Alarms`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def standing(self) -> Mapping[str, int]:
        return dict(self._work.all(STANDING))

    def by_id(self, alarm_id: str) -> Alarm | None:
        row = self._work.one(BY_ID, alarm_id=alarm_id)
        return None if row is None else _read(row)

    def put(self, alarm: Alarm) -> None:
        self._work.run(
            PUT,
            alarm_id=alarm.alarm_id,
            kind=alarm.kind,
            at=alarm.at,
            place=alarm.place,
            facts=json.dumps(dict(alarm.facts), ensure_ascii=False, sort_keys=True),
            state=alarm.state,
            seen_by=alarm.by,
            settled_at=alarm.settled_at,
        )

    def latest(self, *, most: int = 200) -> tuple[Alarm, ...]:
        return tuple(map(_read, self._work.all(LATEST, most=most)))


def _read(row: Row) -> Alarm:
    alarm_id, kind, at, place, facts, state, by, settled_at = row
    return Alarm(alarm_id, kind, at, place, json.loads(facts), state, by, settled_at)
