"""What the deeds of a member's account have in common: who does it, what is shown, and that it is done once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from storeapp.domain.staff import Staff
from storeapp.ui.desk import Desk
from storeapp.ui.shift.saving import Saving, SavingPresenter, SavingView

State = TypeVar("State", bound=Saving)
Shown_contra = TypeVar("Shown_contra", contravariant=True)
Done = TypeVar("Done")


class DeedView(SavingView, Protocol[Shown_contra]):
    def show_state(self, state: Shown_contra) -> None: ...


class DeedPresenter(SavingPresenter[State], Generic[State, Done]):
    """`then` gets what was done."""

    def __init__(self, desk: Desk, staff: Staff, state: State, *, then: Callable[[Done], None]) -> None:
        self._desk, self._staff, self._then = desk, staff, then
        # one sheet does it once, however often Enter is pressed
        self._request = desk.ids.new()
        self._view: DeedView[State]
        self.state = state

    def bind(self, view: DeedView[State]) -> None:
        self._view = view
        self._show(self.state)

    def _show(self, state: State) -> None:
        self.state = state
        self._view.show_state(state)
