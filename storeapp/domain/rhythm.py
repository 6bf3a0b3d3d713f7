"""Rhythm: how many days usually lie between a member's visits, or between two purchases of one category.

The usual interval is the median of the days between visits: one holiday does not move it. Visits on one day count once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median_low

LEAST_GAPS = 2
"""Fewer intervals than these are chance, not habit."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What she buys every `usual_days` days, last on `last_on`. `category` is "" for visits of any kind."""

    category: str
    usual_days: int
    last_on: date

    def waited(self, today: date) -> int:
        """Days since she last did; a clock set back makes none."""
        return max((today - self.last_on).days, 0)

    def lateness(self, today: date) -> float:
        """1.0 on the day she would usually come again."""
        return self.waited(today) / self.usual_days


def gaps(days: Iterable[date]) -> tuple[int, ...]:
    """The days between one visit and the next, in order."""
    visited = sorted({day.toordinal() for day in days})
    return tuple(after - before for before, after in pairwise(visited))


def usual(between: Sequence[int]) -> int | None:
    """The usual interval, or None while nobody can tell."""
    return median_low(between) if len(between) >= LEAST_GAPS else None


def habit(category: str, days: Iterable[date]) -> Habit | None:
    """The habit these days show, if they show one."""
    visited = sorted(set(days))
    every = usual(gaps(visited))
    return None if every is None else Habit(category, every, visited[-1])


def most_due(habits: Iterable[Habit], today: date) -> Habit | None:
    """The habit whose day is nearest or longest past, and not yet forgotten: between 0.8 and 3 intervals ago."""
    due = [each for each in habits if 0.8 <= each.lateness(today) <= 3.0]
    return max(due, key=lambda each: (each.lateness(today), -each.usual_days, each.category), default=None)
