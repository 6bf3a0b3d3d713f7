"""What the forms of the drawer have in common: one deed at a time, and a refusal that stays where it belongs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from storeapp.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """`is_saving` while the deed is under way; `refused` says why the last try failed."""

    is_saving: bool = False
    refused: Refused | None = None


State = TypeVar("State", bound=Saving)


class SavingView(Protocol):
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class SavingPresenter(Generic[State]):
    """`_show` draws a state; what went wrong is told in the form, or aloud where it is no refusal."""

    _view: SavingView
    state: State

    def _show(self, state: State) -> None:
        raise NotImplementedError

    def _failed(self, error: Exception) -> None:
        self._show(replace(self.state, is_saving=False))
        if isinstance(error, Refused):
            self._refuse(error)
        else:
            self._view.tell(error)

    def _refuse(self, error: Refused) -> None:
        self._view.beep()
        self._show(replace(self.state, refused=error))
