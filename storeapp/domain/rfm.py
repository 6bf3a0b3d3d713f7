"""RFM: how recently, how often and for how much each member bought, on five steps of equal size each.

A step's edge is the member at that rank (the lower one, never an average of two), so the same members always stand on
the same step. 5 is best: latest, most often, most.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

STEPS = 5


@dataclass(frozen=True, slots=True)
class Trade:
    """All that a member bought, net of what she brought back. `margin_fen` is None where a cost is not known."""

    member_id: str
    first_on: date
    last_on: date
    visits: int
    net_fen: int
    margin_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Her steps, 1 to 5."""

    recency: int
    frequency: int
    money: int

    @property
    def text(self) -> str:
        """`535`."""
        return f"{self.recency}{self.frequency}{self.money}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of the grid: how many members stand on it, and what they bought in all."""

    recency: int
    frequency: int
    members: int
    net_fen: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The edges between the steps, as they were measured over all members of one day."""

    recency: tuple[int, ...]
    frequency: tuple[int, ...]
    money: tuple[int, ...]

    def score(self, trade: Trade) -> Score:
        """Where a member stands."""
        return Score(
            _step(trade.last_on.toordinal(), self.recency),
            _step(trade.visits, self.frequency),
            _step(trade.net_fen, self.money),
        )


def scale(trades: Iterable[Trade]) -> Scale:
    """The edges over these members."""
    known = tuple(trades)

    def over(what: Callable[[Trade], int]) -> tuple[int, ...]:
        return edges(sorted(map(what, known)))

    return Scale(
        over(lambda trade: trade.last_on.toordinal()),
        over(lambda trade: trade.visits),
        over(lambda trade: trade.net_fen),
    )


def edges(ordered: Sequence[int]) -> tuple[int, ...]:
    """The values at the fifths of a sorted list: the lower of two neighbours, as a quantile without interpolation."""
    if not ordered:
        return ()
    return tuple(ordered[(len(ordered) - 1) * fifth // STEPS] for fifth in range(1, STEPS))


def grid(scored: Iterable[tuple[Trade, Score]]) -> tuple[Cell, ...]:
    """Members and money on each square of recency and frequency, the best square first; empty squares as well."""
    members: dict[tuple[int, int], int] = {}
    money: dict[tuple[int, int], int] = {}
    for trade, score in scored:
        square = score.recency, score.frequency
        members[square] = members.get(square, 0) + 1
        money[square] = money.get(square, 0) + trade.net_fen
    return tuple(
        Cell(r, f, members.get((r, f), 0), money.get((r, f), 0))
        for r in range(STEPS, 0, -1)
        for f in range(STEPS, 0, -1)
    )


def _step(value: int, between: Sequence[int]) -> int:
    # who stands on an edge stands below it
    return 1 + bisect_left(between, value)
