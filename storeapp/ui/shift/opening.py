"""Opening a shift: what lies in the drawer before the first sale, typed as a sum or counted piece by piece."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from storeapp.domain.money import Money
from storeapp.domain.shift import Shift
from storeapp.errors import Refused
from storeapp.till.shift_standing import float_to_propose, standing
from storeapp.ui.desk import Desk
from storeapp.ui.saving import Saving, SavingPresenter, SavingView
from storeapp.ui.shift.counting import Counting, count_of, sum_so_far, with_piece


@dataclass(eq=False)
class FloatMissing(Refused):
    """Nobody knows what lies in the drawer: it has to be counted first."""

    word = "float_missing"


@dataclass(frozen=True, slots=True)
class OpeningState(Saving):
    """`proposed` is what the last shift left, None if nobody counted it. An empty sum takes the proposal."""

    counting: Counting = field(default_factory=lambda: Counting(by_piece=False))
    proposed: Money | None = None
    required: bool = False

    @property
    def amount(self) -> Money | None:
        """What the shift would begin with; None while nobody has said."""
        return self.proposed if self.counting.is_blank else sum_so_far(self.counting)


class OpeningView(SavingView, Protocol):
    def show_state(self, state: OpeningState) -> None: ...


class OpeningPresenter(SavingPresenter[OpeningState]):
    """`then` gets the shift that was opened."""

    def __init__(self, desk: Desk, cashier: str, *, then: Callable[[Shift], None]) -> None:
        self._desk, self._cashier, self._then = desk, cashier, then
        self._view: OpeningView
        self.state = OpeningState()

    def bind(self, view: OpeningView) -> None:
        self._view = view
        with self._desk.shop.reading() as books:
            here = standing(books, self._desk.clock.now())
            self._show(OpeningState(proposed=float_to_propose(books), required=here.required))

    def type(self, text: str) -> None:
        """The sum as it stands in its field."""
        self._count(replace(self.state.counting, typed=text))

    def count(self, denomination: int, text: str) -> None:
        """So many pieces of one denomination."""
        self._count(with_piece(self.state.counting, denomination, text))

    def turn(self) -> None:
        """From the sum to the pieces, and back."""
        self._count(replace(self.state.counting, by_piece=not self.state.counting.by_piece))

    def confirm(self) -> None:
        if self.state.is_saving:
            return
        try:
            amount = self._amount()
        except Refused as error:
            self._refuse(error)
            return
        # loaded when a shift is opened, and not with the window
        from storeapp.till.shifts import open_shift

        desk, by = self._desk, self._cashier
        self._save(
            lambda: open_shift(desk.shop, by=by, float_amount=amount, clock=desk.clock, ids=desk.ids),
            self._opened,
        )

    # inside

    def _amount(self) -> Money:
        counting = self.state.counting
        if not counting.is_blank:
            return Money(count_of(counting).fen)
        if self.state.proposed is None:
            raise FloatMissing
        return self.state.proposed

    def _count(self, counting: Counting) -> None:
        if not self.state.is_saving:
            self._show(replace(self.state, counting=counting, refused=None))

    def _opened(self, shift: Shift) -> None:
        self._show(replace(self.state, is_saving=False))
        self._then(shift)

    def _show(self, state: OpeningState) -> None:
        self.state = state
        self._view.show_state(state)
