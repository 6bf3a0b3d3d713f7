"""Category steps: who bought trousers comes back for a coat. Learned from the shop's own receipts alone.

A step counts when a member buys a category for the first time on a later day than another one. It is told when it is
no chance: at least so many members took it, and they did so more often than members do anyway (its lift).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median_low

LEAST_MEMBERS = 20
LEAST_LIFT = 1.2


@dataclass(frozen=True, slots=True)
class CategoryStep:
    """Of the `had` members who bought `before`, `took` bought `after` on a later day, usually `days` days later.

    `lift` is how much oftener they did than all members buy `after`: 2.0 is twice as often.
    """

    before: str
    after: str
    had: int
    took: int
    lift: float
    days: int

    @property
    def share(self) -> float:
        return self.took / self.had


def steps(bought: Iterable[Mapping[str, date]], *, least_members: int = LEAST_MEMBERS) -> tuple[CategoryStep, ...]:
    """The steps over members, each told as the day she first bought each category; the likeliest first."""
    everybody = 0
    having: dict[str, int] = defaultdict(int)
    waits: dict[tuple[str, str], list[int]] = defaultdict(list)
    for first in bought:
        everybody += 1
        for before, began in first.items():
            having[before] += 1
            for after, day in first.items():
                if day > began:
                    waits[before, after].append((day - began).days)
    found = [
        CategoryStep(
            before,
            after,
            having[before],
            len(days),
            len(days) / having[before] / (having[after] / everybody),
            median_low(days),
        )
        for (before, after), days in waits.items()
        if len(days) >= least_members
    ]
    told = [step for step in found if step.lift >= LEAST_LIFT]
    return tuple(sorted(told, key=lambda step: (-step.share, step.before, step.after)))


def next_step(steps_known: Iterable[CategoryStep], had: Mapping[str, date], *, today: date) -> CategoryStep | None:
    """The likeliest step a member has not taken yet, once half its usual time has gone by."""
    for step in steps_known:
        began = had.get(step.before)
        if began is not None and step.after not in had and (today - began).days * 2 >= step.days:
            return step
    return None
