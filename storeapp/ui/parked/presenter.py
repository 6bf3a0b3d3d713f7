"""The baskets put aside: one is taken back, or, asked twice, dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.till import baskets
from storeapp.till.records import Parked
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class ParkedState:
    """`asking` is the id of the basket that goes when it is asked to go once more; `names` whose they are, by code."""

    parked: tuple[Parked, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    asking: str = ""


class ParkedView(Protocol):
    def show_state(self, state: ParkedState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def gone(self) -> None:
        """One was dropped."""
        ...


class ParkedPresenter:
    """`recall` gets the id of the basket to bring back to the counter."""

    def __init__(self, desk: Desk, *, recall: Callable[[str], None]) -> None:
        self._desk, self._recall = desk, recall
        self._view: ParkedView
        self.state = ParkedState()

    def bind(self, view: ParkedView) -> None:
        self._view = view
        self.refresh()

    def refresh(self) -> None:
        with self._desk.shop.reading() as books:
            waiting = books.baskets.parked()
            names = tuple((who.code, who.name) for who in books.staff.every())
        self._show(ParkedState(waiting, names))

    def choose(self, parked_id: str) -> None:
        self._recall(parked_id)

    def drop(self, parked_id: str) -> None:
        """The first time it is asked about, the second time it goes."""
        if not any(basket.parked_id == parked_id for basket in self.state.parked):
            return
        if self.state.asking != parked_id:
            self._show(replace(self.state, asking=parked_id))
            return
        desk = self._desk
        desk.work.db(
            lambda: baskets.drop(desk.shop, parked_id, clock=desk.clock, ids=desk.ids),
            ok=self._dropped,
            fail=self._view.tell,
        )

    def stop_asking(self) -> None:
        if self.state.asking:
            self._show(replace(self.state, asking=""))

    def _dropped(self, _none: None) -> None:
        self.refresh()
        self._view.gone()

    def _show(self, state: ParkedState) -> None:
        self.state = state
        self._view.show_state(state)
