"""What alarms need from the books."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from storeapp.domain.alarm import Alarm


class Alarms(Protocol):
    """What people have to look at, and who did."""

    def standing(self) -> Mapping[str, int]:
        """How many alarms of each kind wait for somebody. Cheap: it is asked for every other second."""
        ...

    def by_id(self, alarm_id: str) -> Alarm | None: ...
    def put(self, alarm: Alarm) -> None:
        """In place of what was known of it."""
        ...

    def latest(self, *, most: int = 200) -> tuple[Alarm, ...]:
        """Those that wait first, then the latest."""
        ...
