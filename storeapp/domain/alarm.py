"""Alarms: what no program can put right by itself, kept until a person has looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal, get_args

from storeapp.errors import Refused

AlarmState = Literal["open", "seen", "over"]
STATES: tuple[AlarmState, ...] = get_args(AlarmState)

BOOKS, CUSTODY, CLOCK = "books", "custody", "clock"
OWN = (BOOKS, CUSTODY)
"""What a till finds when it looks, each once at most: its kind is its id, as the clock's is. The cloud finds others."""
GRAVE = frozenset({BOOKS, "fork", "id_reused", "breaker"})
"""The books themselves may be wrong, or what was told of them."""
REST = {BOOKS: timedelta(days=1), CUSTODY: timedelta(days=7)}
"""How long what a person has seen rests while it still holds."""


@dataclass(eq=False)
class UnknownAlarm(Refused):
    """There is no alarm `alarm_id`, or nothing is left to look at in it."""

    alarm_id: str
    word = "unknown_alarm"


@dataclass(frozen=True, slots=True)
class Alarm:
    """`at` is since when (ISO 8601), `place` the till it is about, "" for this one; `facts` hold ids and amounts.

    `by` is the code of who has seen it, `settled_at` when that was, or when it was over by itself.
    """

    alarm_id: str
    kind: str
    at: str
    place: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    state: AlarmState = "open"
    by: str = ""
    settled_at: str = ""

    @property
    def is_grave(self) -> bool:
        return self.kind in GRAVE


def is_told_again(before: Alarm, *, seen_on: date | None, today: date) -> bool:
    """Whether what still holds is told once more: it was over, or was seen so long ago that somebody may forget.

    A day it was seen on that lies ahead proves no rest: that clock was wrong.
    """
    if before.state == "open":
        return False
    return before.state == "over" or seen_on is None or not timedelta(0) <= today - seen_on < REST[before.kind]
