"""The basket at the counter with its way back: every change can be undone until the sale is paid."""

from __future__ import annotations

from dataclasses import dataclass, field

from storeapp.domain.basket import Basket

STEPS_MAX = 200


@dataclass(frozen=True, slots=True)
class Moment:
    """A basket and the row that was selected in it."""

    basket: Basket = field(default_factory=Basket)
    selected: int = -1


class History:
    """Where the basket stands, and how it came there."""

    def __init__(self) -> None:
        self.now = Moment()
        self._before: list[Moment] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    @property
    def before(self) -> Basket | None:
        """Where `undo` leads."""
        return self._before[-1].basket if self._before else None

    def go(self, basket: Basket, selected: int) -> None:
        """One step on. A step that changes only the selection is none."""
        if basket != self.now.basket:
            self._before = [*self._before[-STEPS_MAX + 1 :], self.now]
        self.now = Moment(basket, _within(basket, selected))

    def select(self, row: int) -> None:
        self.now = Moment(self.now.basket, _within(self.now.basket, row))

    def undo(self) -> None:
        if self._before:
            self.now = self._before.pop()

    def start_over(self, basket: Basket | None = None) -> None:
        """Another customer: there is no way back to the one before."""
        here = basket if basket is not None else Basket()
        self.now = Moment(here, rows(here) - 1)
        self._before = []


def rows(basket: Basket) -> int:
    """Lines and unknown codes, as the list shows them."""
    return len(basket.lines) + len(basket.unknown_codes)


def _within(basket: Basket, row: int) -> int:
    return min(row, rows(basket) - 1)
