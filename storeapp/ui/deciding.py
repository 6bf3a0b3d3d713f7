"""Deciding: what the owner's words have in common. Some people may, some deeds take a second press."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from storeapp.domain.staff import Staff
from storeapp.ui.allowed import allowed
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """`chosen` is the id the deeds are about; `asking` names the deed that one more press does."""

    chosen: str = ""
    asking: str = ""
    may_decide: bool = True


State = TypeVar("State", bound=Deciding)
Shown_contra = TypeVar("Shown_contra", contravariant=True)


class DecidingView(Protocol[Shown_contra]):
    def show_state(self, state: Shown_contra) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None: ...
    def beep(self) -> None: ...


class DecidingPresenter(ABC, Generic[State]):
    """`changed` tells others that something else holds now."""

    def __init__(self, desk: Desk, staff: Staff, state: State, *, changed: Callable[[], None] = lambda: None) -> None:
        self._desk, self._staff, self._changed = desk, staff, changed
        self._view: DecidingView[State]
        self.state = replace(state, may_decide=staff.may("promotions"))

    @abstractmethod
    def refresh(self) -> None:
        """Reads everything anew, and asks nothing any more."""

    def _allowed(self) -> bool:
        """Whether whoever is signed in may decide; a refusal is told."""
        return allowed(self._staff, "promotions", self._view)

    def _again(self, deed: str) -> bool:
        """True at the second press; the first one asks."""
        if self.state.asking == deed:
            return True
        self._show(replace(self.state, asking=deed))
        return False

    def _decide(self, deed: Callable[[], object], word: str) -> None:
        """The deed, off this thread; `word` says that it is done."""
        self._desk.work.db(deed, ok=lambda _answer: self._decided(word), fail=self._view.tell)

    def _decided(self, word: str) -> None:
        self.refresh()
        self._changed()
        self._view.done(word)

    def _show(self, state: State) -> None:
        self.state = state
        self._view.show_state(state)


def known_or_first(chosen: str, ids: tuple[str, ...]) -> str:
    """What stays chosen when the list is read anew."""
    return chosen if chosen in ids else ids[0] if ids else ""
