"""Cohorts: of the members whose first purchase fell into one month, how many bought again in each month after.

And how soon the second purchase follows the first, which is the proof that a stranger became a regular.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

WITHIN_DAYS = (30, 60, 90, 180, 365)


@dataclass(frozen=True, slots=True)
class Cohort:
    """`month` as `2026-09`; `buyers[n]` of its `members` bought n months later, all of them in month 0."""

    month: str
    members: int
    buyers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Repurchase:
    """Of `members` whose first purchase is at least `days` days ago, `again` bought a second time within them."""

    days: int
    members: int
    again: int


def cohorts(visits: Iterable[tuple[str, date]], *, today: date) -> tuple[Cohort, ...]:
    """The table of (member, day of a visit), oldest month first; months still to come are left out."""
    first: dict[str, int] = {}
    months: dict[str, set[int]] = defaultdict(set)
    for member_id, day in visits:
        month = _month(day)
        months[member_id].add(month)
        first[member_id] = min(first.get(member_id, month), month)
    sizes: dict[int, int] = defaultdict(int)
    buyers: dict[tuple[int, int], int] = defaultdict(int)
    for member_id, start in first.items():
        sizes[start] += 1
        for month in months[member_id]:
            buyers[start, month - start] += 1
    last = _month(today)
    return tuple(
        Cohort(
            f"{start // 12}-{start % 12 + 1:02d}",
            sizes[start],
            tuple(buyers[start, age] for age in range(last - start + 1)),
        )
        for start in sorted(sizes)
    )


def repurchase(visits: Iterable[tuple[str, date]], *, today: date) -> tuple[Repurchase, ...]:
    """How many came back within 30, 60, ... days, among those who had that long. One day's visits are one."""
    first: dict[str, date] = {}
    second: dict[str, date] = {}
    for member_id, day in sorted(set(visits), key=lambda visit: visit[1]):
        if member_id not in first:
            first[member_id] = day
        else:
            second.setdefault(member_id, day)
    return tuple(
        Repurchase(
            days,
            sum((today - start).days >= days for start in first.values()),
            sum(
                (today - first[member_id]).days >= days and (again - first[member_id]).days <= days
                for member_id, again in second.items()
            ),
        )
        for days in WITHIN_DAYS
    )


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
