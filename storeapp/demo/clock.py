"""The day's clock: it stands still until the script moves it, so that two runs tell the same story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_DAY = datetime(2026, 9, 28, 7, 30, tzinfo=ZONE)


class ScriptedClock:
    """A `till.ports.Clock` that many threads may read and only the script turns."""

    def __init__(self, at: datetime = FIRST_DAY) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def now_utc(self) -> datetime:
        """For the cloud, which keeps UTC."""
        return self._at.astimezone(UTC)

    def uptime_s(self) -> float:
        """The machine ran all the while: nobody set its clock."""
        return self._at.timestamp()

    def turn_to(self, clock: str) -> None:
        """Later the same day: `turn_to("11:05")`."""
        hour, minute = clock.split(":")
        self._at = self._at.replace(hour=int(hour), minute=int(minute), second=0)

    def wait(self, **span: int) -> None:
        self._at += timedelta(**span)

    def next_morning(self) -> None:
        self._at = (self._at + timedelta(days=1)).replace(hour=7, minute=30, second=0)
