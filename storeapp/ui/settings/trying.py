"""Trying: sections that ask a cable, a cloud or a company, and stay as they were typed when it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from storeapp.domain.staff import Staff
from storeapp.errors import StoreappError
from storeapp.ui.desk import Desk
from storeapp.ui.parts import Outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Trying:
    """`is_busy` until there is an answer; `refused` says why the last try failed."""

    is_busy: bool = False
    refused: StoreappError | None = None


State = TypeVar("State", bound=Trying)
Shown_contra = TypeVar("Shown_contra", contravariant=True)
Answer = TypeVar("Answer")


class TryingView(Protocol[Shown_contra]):
    def show_state(self, state: Shown_contra) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None: ...
    def beep(self) -> None: ...


class TryingPresenter(Generic[State]):
    """A failure we know stands in the form, any other is told aloud."""

    def __init__(self, desk: Desk, staff: Staff, outside: Outside, state: State) -> None:
        self._desk, self._staff, self._outside = desk, staff, outside
        self._view: TryingView[State]
        self.state = state

    def _try(self, deed: Callable[[], Answer], ok: Callable[[Answer], None]) -> None:
        """The deed, on a thread that may wait; `ok` gets its answer."""
        self._show(replace(self.state, is_busy=True, refused=None))
        self._desk.work.io(deed, ok=ok, fail=self._failed)

    def _failed(self, error: Exception) -> None:
        self._view.beep()
        known = error if isinstance(error, StoreappError) else None
        self._show(replace(self.state, is_busy=False, refused=known))
        if known is None:
            self._view.tell(error)

    def _show(self, state: State) -> None:
        self.state = state
        self._view.show_state(state)
