"""A clock that stands still and ids that can be foreseen."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass
class StillPace:
    """Waits no moment: time passes on `clock`, if there is one, and every wait is written down."""

    clock: StillClock | None = None
    passed: float = 0.0
    waits: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.passed += seconds
        if self.clock is not None:
            self.clock.go_on(seconds=seconds)

    def elapsed(self) -> float:
        return self.passed
