"""The real clock and real names for things."""

from __future__ import annotations

import secrets
import time
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo


class SystemClock:
    """The machine's clock, in the shop's zone."""

    def __init__(self, zone: str = "Asia/Shanghai") -> None:
        self._zone = ZoneInfo(zone)

    def now(self) -> datetime:
        """The moment, in the shop's zone."""
        return datetime.now(self._zone)


class RandomIds:
    """UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, the rest random."""

    def new(self) -> str:
        """A fresh one, as text."""
        milliseconds = time.time_ns() // 1_000_000
        value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
        return str(UUID(int=value))
