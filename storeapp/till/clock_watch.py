"""A watch over the clock: promotions, expiries and the order of things hang on it, so a jump goes on record."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from storeapp.till.ports import Clock, Shop

JUMP = timedelta(minutes=5)


def uptime_s() -> float:
    """Seconds since the machine started, its sleep included, by a clock that nobody sets."""
    since_boot = getattr(time, "CLOCK_BOOTTIME", None)
    # where the system has no such clock, waking up looks like a jump: better one entry too many
    return time.monotonic() if since_boot is None else time.clock_gettime(since_boot)


class ClockWatch:
    """Compares two looks at the clock with what went by between them; the first with the journal's last entry."""

    def __init__(self, shop: Shop, clock: Clock, *, elapsed_s: Callable[[], float] = uptime_s) -> None:
        self._shop, self._clock, self._elapsed_s = shop, clock, elapsed_s
        self._last: tuple[datetime, float] | None = None

    def look(self) -> timedelta | None:
        """How far the clock has jumped since the last look, if that is more than five minutes."""
        now, elapsed = self._clock.now(), self._elapsed_s()
        before, self._last = self._last, (now, elapsed)
        if before is None:
            jumped = self._behind_the_journal(now)
        else:
            jumped = now - before[0] - timedelta(seconds=elapsed - before[1])
        return jumped if abs(jumped) > JUMP else None

    def _behind_the_journal(self, now: datetime) -> timedelta:
        """A clock that stands before what was written last was set back while the till was off."""
        with self._shop.reading() as books:
            last = books.journal.at(books.journal.head()[0])
        if last is None:
            return timedelta(0)
        return min(now - datetime.fromisoformat(last.at), timedelta(0))


def note_jump(shop: Shop, jumped: timedelta, *, cashier: str, clock: Clock) -> None:
    """On record: by how much the clock jumped, and who was at the till."""
    body = {"seconds": round(jumped.total_seconds()), "cashier": cashier}
    with shop.writing() as books:
        books.journal.append("clock.jumped", body, at=clock.now().isoformat())
