"""Measuring: times in milliseconds, percentiles, and figures beside what they must keep to."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result. `value` in `unit`; a ratio also names its `floor`; `at_most` is the promise."""

    name: str
    value: float
    unit: str
    at_most: float
    floor: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool:
        return self.value <= self.at_most

    def data(self) -> dict[str, Any]:
        """The figure for `--json`."""
        return {**asdict(self), "holds": self.holds}


def timed(deed: Callable[[], object]) -> float:
    """Milliseconds `deed` takes."""
    began = time.perf_counter_ns()
    deed()
    return (time.perf_counter_ns() - began) / 1e6


def percentile(times: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of `times` do not exceed, by nearest rank."""
    ranked = sorted(times)
    return ranked[min(len(ranked) - 1, max(0, round(share * len(ranked)) - 1))]


def median(times: Sequence[float]) -> float:
    """The middle of `times`."""
    return percentile(times, 0.5)


def p99(times: Sequence[float]) -> float:
    """All but one in a hundred of `times` stay below this."""
    return percentile(times, 0.99)


def table(figures: Sequence[Figure]) -> str:
    """The figures as a person reads them."""
    rows = [("figure", "value", "at most", "floor", "")]
    for figure in figures:
        floor = "" if figure.floor is None else f"{figure.floor:.3f}"
        word = "ok" if figure.holds else "TOO MUCH"
        value, most = f"{figure.value:.2f} {figure.unit}", f"{figure.at_most:g} {figure.unit}"
        rows.append((figure.name, value, most, floor, f"{word}  {figure.note}".rstrip()))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = []
    for name, value, most, floor, word in rows:
        cells = (name.ljust(widths[0]), value.rjust(widths[1]), most.rjust(widths[2]), floor.rjust(widths[3]), word)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
