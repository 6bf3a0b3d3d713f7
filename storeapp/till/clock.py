"""The real clock, real waiting and real names for things."""

from __future__ import annotations

import os
import time
from datetime import datetime
from zoneinfo import ZoneInfo


class SystemClock:
    """The machine's clock, in the shop's zone."""

    def __init__(self, zone: str = "Asia/Shanghai") -> None:
        self._zone = ZoneInfo(zone)

    def now(self) -> datetime:
        """The moment, in the shop's zone."""
        return datetime.now(self._zone)


class SystemPace:
    """Waits on this machine, by a clock that nobody puts back."""

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)

    def elapsed(self) -> float:
        """Seconds since some beginning."""
        return time.monotonic()


class RandomIds:
    """UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, the rest random."""

    def new(self) -> str:
        """A fresh one, as text."""
        # put together by hand: a sale wants several, and uuid.UUID costs as much as a statement
        chance = int.from_bytes(os.urandom(10), "big")
        stamp, rest = f"{time.time_ns() // 1_000_000:012x}", chance & (1 << 62) - 1 | 1 << 63
        tail = f"{rest:016x}"
        return f"{stamp[:8]}-{stamp[8:]}-7{chance >> 62 & 0xFFF:03x}-{tail[:4]}-{tail[4:]}"
