"""A view of the selling presenter that remembers what it was told."""

from __future__ import annotations

from dataclasses import dataclass, field

from storeapp.ui.sell.state import SellState


@dataclass
class SeenSelling:
    """The view: what was shown, told and beeped."""

    state: SellState = field(default_factory=SellState)
    told: list[Exception] = field(default_factory=list)
    well: list[str] = field(default_factory=list)
    beeps: int = 0

    def show(self, state: SellState) -> None:
        self.state = state

    def tell(self, error: Exception) -> None:
        self.told.append(error)

    def done(self, word: str) -> None:
        self.well.append(word)

    def beep(self) -> None:
        self.beeps += 1

    @property
    def rung(self) -> list[tuple[str, str]]:
        return [(line.line.product.name, str(line.quantity)) for line in self.state.priced.lines]
