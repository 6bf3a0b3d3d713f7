"""What the deeds of an account's sheets have in common: a state that is shown, refusals in it, and doing it once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from storeapp.domain.staff import Staff
from storeapp.errors import Refused
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

    def _passes(self, check: Callable[[], object]) -> bool:
        """Whether `check` refuses nothing; what it refuses is shown."""
        try:
            check()
        except Refused as error:
            self._refuse(error)
            return False
        return True

    def _save(self, deed: Callable[[], Done]) -> None:
        self._show(replace(self.state, is_saving=True, refused=None))
        self._desk.work.db(deed, ok=self._then, fail=self._failed)

    def _show(self, state: State) -> None:
        self.state = state
        self._view.show_state(state)
