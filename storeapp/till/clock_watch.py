"""A watch over the clock: promotions, expiries and the order of things hang on it, so a jump goes on record.

A jump is doubted until a person at the till has said that the clock is right, or until it is set right again. Selling
goes on meanwhile; the night gives and takes nothing for good while the doubt is about another day.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from storeapp.domain.alarm import CLOCK, Alarm
from storeapp.till.moments import day_of, local_moment
from storeapp.till.ports import Books, Clock, Shop

JUMP = timedelta(minutes=5)
LEAP_DAYS = 31
"""Hardly a shop is shut for longer."""
_NONE = timedelta(0)


def uptime_s() -> float:
    """Seconds since the machine started, its sleep included, by a clock that nobody sets."""
    since_boot = getattr(time, "CLOCK_BOOTTIME", None)
    # where the system has no such clock, waking up looks like a jump: better one entry too many
    return time.monotonic() if since_boot is None else time.clock_gettime(since_boot)


@dataclass(frozen=True, slots=True)
class Jump:
    """The clock says `now`; without all that nobody has confirmed it would say `was`. `step` is what is new of it.

    At a start `was` is the last that is known of the time before, as nobody knows how long the till was off.
    """

    step: timedelta
    was: datetime
    now: datetime
    is_asleep: bool = False

    @property
    def is_right(self) -> bool:
        """Set right again: nothing is left to ask."""
        away = self.now - self.was
        return -JUMP <= away <= (timedelta(days=LEAP_DAYS) if self.is_asleep else JUMP)


class ClockWatch:
    """Compares two looks at the clock with what went by between them; the first with what the till knows last."""

    def __init__(self, shop: Shop, clock: Clock, *, elapsed_s: Callable[[], float] = uptime_s) -> None:
        self._shop, self._clock, self._elapsed_s = shop, clock, elapsed_s
        self._last: tuple[datetime, float] | None = None
        self._away, self._is_asleep = _NONE, False

    def look(self) -> Jump | None:
        """What is new since the last look, where the clock jumped by more than five minutes."""
        now, elapsed = self._clock.now(), self._elapsed_s()
        before, self._last = self._last, (now, elapsed)
        if before is None:
            return self._awake(now)
        step = now - before[0] - timedelta(seconds=elapsed - before[1])
        if abs(step) <= JUMP:
            return None
        with self._shop.reading() as books:
            is_doubted = doubted(books) is not None
        if not is_doubted:
            # somebody has confirmed what was before
            self._away, self._is_asleep = _NONE, False
        self._away += step
        return Jump(step, now - self._away, now, self._is_asleep)

    def _awake(self, now: datetime) -> Jump | None:
        with self._shop.reading() as books:
            doubt, last = doubted(books), books.journal.at(books.journal.head()[0])
        said = doubt.facts["was"] if doubt is not None else last.at if last is not None else now.isoformat()
        was = datetime.fromisoformat(said)
        self._away, self._is_asleep = now - was, True
        jump = Jump(_NONE if doubt is not None else self._away, was, now, is_asleep=True)
        # a doubt that stands is asked about again anyway
        return None if jump.is_right == (doubt is None) else jump


def doubted(books: Books) -> Alarm | None:
    """The jump nobody has confirmed yet."""
    alarm = books.alarms.by_id(CLOCK)
    return alarm if alarm is not None and alarm.state == "open" else None


def moves_day(books: Books, now: datetime) -> bool:
    """Whether what nobody has confirmed makes today another business day than it would be."""
    doubt = doubted(books)
    if doubt is None:
        return False
    policy, here = books.policy.in_force(), local_moment(books, now)
    return day_of(here, policy) != day_of(here - timedelta(seconds=int(doubt.facts["seconds"])), policy)


def note_jump(shop: Shop, jump: Jump, *, cashier: str, clock: Clock) -> None:
    """On record: by how much the clock jumped, and who was at the till; whether somebody has to be asked."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        if jump.step:
            body = {"seconds": round(jump.step.total_seconds()), "cashier": cashier}
            books.journal.append("clock.jumped", body, at=at)
        facts = {
            "was": jump.was.isoformat(),
            "now": jump.now.isoformat(),
            "seconds": round((jump.now - jump.was).total_seconds()),
            "asleep": jump.is_asleep,
        }
        if not jump.is_right:
            books.alarms.put(Alarm(CLOCK, CLOCK, at, facts=facts))
        elif doubted(books) is not None:
            books.alarms.put(Alarm(CLOCK, CLOCK, at, facts=facts, state="over", settled_at=at))


def confirm(shop: Shop, *, by: str, clock: Clock) -> None:
    """Whoever stands at the till says that the clock is right, and it goes on record. Nothing where nobody asks."""
    with shop.writing() as books:
        doubt = doubted(books)
        if doubt is not None:
            confirm_in(books, doubt, by=by, at=clock.now().isoformat())


def confirm_in(books: Books, doubt: Alarm, *, by: str, at: str) -> Alarm:
    """The same within a deed."""
    confirmed = replace(doubt, state="seen", by=by, settled_at=at)
    books.alarms.put(confirmed)
    books.journal.append("clock.confirmed", {**doubt.facts, "by": by}, at=at)
    return confirmed
