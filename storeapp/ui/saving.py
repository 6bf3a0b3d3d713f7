"""Saving: what forms and sheets have in common, one deed at a time, and a refusal that stays where it belongs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """`is_saving` while the deed is under way; `refused` says why the last try failed."""

    is_saving: bool = False
    refused: Refused | None = None


State = TypeVar("State", bound=Saving)
Shown_contra = TypeVar("Shown_contra", contravariant=True)
Done = TypeVar("Done")


class SavingView(Protocol):
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class SavingPresenter(ABC, Generic[State]):
    """`_show` draws a state; what went wrong is told in the form, or aloud where it is no refusal."""

    _desk: Desk
    _view: SavingView
    state: State

    @abstractmethod
    def _show(self, state: State) -> None: ...

    def _passes(self, check: Callable[[], object]) -> bool:
        """Whether `check` refuses nothing; what it refuses is shown."""
        try:
            check()
        except Refused as error:
            self._refuse(error)
            return False
        return True

    def _save(self, deed: Callable[[], Done], ok: Callable[[Done], None]) -> None:
        """The deed, off this thread; `ok` gets what was done."""
        self._show(replace(self.state, is_saving=True, refused=None))
        work = self._desk.work
        (work.io if self._asks_a_company() else work.db)(deed, ok=ok, fail=self._failed)

    def _asks_a_company(self) -> bool:
        """One may take its time: nobody else's writing waits for it."""
        return False

    def _failed(self, error: Exception) -> None:
        self._show(replace(self.state, is_saving=False))
        if isinstance(error, Refused):
            self._refuse(error)
        else:
            self._view.tell(error)

    def _refuse(self, error: Refused) -> None:
        self._view.beep()
        self._show(replace(self.state, refused=error))


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
