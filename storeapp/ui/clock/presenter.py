"""Is the clock right? Asked after it jumped; whoever is at the till says so, or sets it right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from storeapp.till import clock_watch
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class ClockState:
    """`now` is what the clock says, `was` what it should say, or when the till was last used if `is_asleep`."""

    now: datetime
    was: datetime
    is_asleep: bool = False
    is_saving: bool = False


class ClockView(Protocol):
    def show_state(self, state: ClockState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def close_now(self) -> None:
        """Nothing is left to ask."""
        ...


class ClockPresenter:
    """`then` when somebody has confirmed."""

    def __init__(self, desk: Desk, by: str, *, then: Callable[[], None]) -> None:
        self._desk, self._by, self._then = desk, by, then
        self._view: ClockView
        now = desk.clock.now()
        self.state = ClockState(now, now)

    def bind(self, view: ClockView) -> None:
        self._view = view
        self.look()

    def look(self) -> None:
        """Both clocks go on; once the clock is set right the question is gone."""
        now = self._desk.clock.now()
        with self._desk.shop.reading() as books:
            doubt = clock_watch.doubted(books)
        if doubt is None:
            self._view.close_now()
            return
        is_asleep = bool(doubt.facts["asleep"])
        # while the till was off nobody counted: then it is the last that is known
        was = datetime.fromisoformat(doubt.facts["was"])
        if not is_asleep:
            was = now - timedelta(seconds=doubt.facts["seconds"])
        self._show(replace(self.state, now=now, was=was, is_asleep=is_asleep))

    def confirm(self) -> None:
        desk, by = self._desk, self._by
        if not self.state.is_saving:
            self._show(replace(self.state, is_saving=True))
            desk.work.db(
                lambda: clock_watch.confirm(desk.shop, by=by, clock=desk.clock), ok=self._confirmed, fail=self._failed
            )

    def _confirmed(self, _none: None) -> None:
        self._view.close_now()
        self._then()

    def _failed(self, error: Exception) -> None:
        self._show(replace(self.state, is_saving=False))
        self._view.tell(error)

    def _show(self, state: ClockState) -> None:
        self.state = state
        self._view.show_state(state)
