"""The alarms, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storeapp.domain.alarm import Alarm


class MemoryAlarms:
    """Implements `till.ports_alarms.Alarms`."""

    def __init__(self, state: Any) -> None:
        self._state = state

    def standing(self) -> Mapping[str, int]:
        return dict(Counter(alarm.kind for alarm in self._state.alarms.values() if alarm.state == "open"))

    def by_id(self, alarm_id: str) -> Alarm | None:
        found: Alarm | None = self._state.alarms.get(alarm_id)
        return found

    def put(self, alarm: Alarm) -> None:
        self._state.alarms[alarm.alarm_id] = alarm

    def latest(self, *, most: int = 200) -> tuple[Alarm, ...]:
        every = sorted(self._state.alarms.values(), key=lambda alarm: alarm.alarm_id)
        every.sort(key=lambda alarm: (alarm.state == "open", datetime.fromisoformat(alarm.at)), reverse=True)
        return tuple(every[:most])
