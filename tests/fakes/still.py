"""A clock that stands still and ids that can be foreseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class StillClock:
    """Stands at `moment` until somebody moves it."""

    moment: datetime = datetime(2026, 9, 28, 14, 32, tzinfo=SHANGHAI)

    def now(self) -> datetime:
        return self.moment

    def go_on(self, **parts: float) -> None:
        """Moves by a `timedelta(**parts)`."""
        self.moment += timedelta(**parts)


@dataclass
class CountedIds:
    """UUIDs that count up."""

    last: int = 0

    def new(self) -> str:
        self.last += 1
        return f"00000000-0000-7000-8000-{self.last:012d}"
