"""A shift somebody forgot to close: told at sign-in, and one key ends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.shift import Shift
from storeapp.domain.staff import Right
from storeapp.till import shifts
from storeapp.till.shifts import Closed
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class ForgottenState:
    """`opened_by` is the name of who opened it, or the code."""

    shift: Shift
    opened_by: str
    is_saving: bool = False


class ForgottenView(Protocol):
    def show_state(self, state: ForgottenState) -> None: ...
    def tell(self, error: Exception) -> None: ...


class ForgottenPresenter:
    """`then` gets the shift that was closed, with its Z."""

    def __init__(self, desk: Desk, cashier: str, shift: Shift, *, ask: Ask, then: Callable[[Closed], None]) -> None:
        self._desk, self._cashier, self._ask, self._then = desk, cashier, ask, then
        self._view: ForgottenView
        with desk.shop.reading() as books:
            who = books.staff.by_code(shift.opened_by)
            self._closing = shifts.to_ask(books, shift, by=cashier)
        self.state = ForgottenState(shift, shift.opened_by if who is None else who.name)

    def bind(self, view: ForgottenView) -> None:
        self._view = view
        view.show_state(self.state)

    def close(self) -> None:
        """Without a count: nobody knows any more what lay in the drawer that night."""
        if self.state.is_saving:
            return
        if self._closing is None:
            self._close(None)
        else:
            self._ask("close_shift", self._closing, then=self._close)

    def _close(self, approval_id: str | None) -> None:
        desk, by = self._desk, self._cashier
        given: dict[Right, str] = {} if approval_id is None else {"close_shift": approval_id}
        self._show(replace(self.state, is_saving=True))
        desk.work.db(
            lambda: shifts.close_shift(desk.shop, {}, by=by, given=given, forced=True, clock=desk.clock, ids=desk.ids),
            ok=self._then,
            fail=self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._show(replace(self.state, is_saving=False))
        self._view.tell(error)

    def _show(self, state: ForgottenState) -> None:
        self.state = state
        self._view.show_state(state)
