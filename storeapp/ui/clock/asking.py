"""When to ask about the clock: in a quiet moment, never in a sale, and not again for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storeapp.ui.counter import TICK_MS, Counter
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice
from storeapp.ui.sell.state import SellState

if TYPE_CHECKING:
    from storeapp.ui.clock.sheet import ClockSheet

REST_TICKS = 10 * 60 * 1000 // TICK_MS
"""Ten minutes: whoever put it off has customers."""


class ClockAsking:
    """Follows the counter's ticks and sales."""

    def __init__(self, counter: Counter, desk: Desk) -> None:
        self._counter, self._window, self._desk = counter, counter.window, desk
        self._rest, self._asked_of = 0, ""
        self._sheet: ClockSheet | None = None
        counter.ticked.connect(self._tick)
        counter.jumped.connect(self._ask_anew)
        counter.changed.connect(self._followed)

    @property
    def _is_open(self) -> bool:
        return self._sheet is not None and self._window.sheet is self._sheet

    def _ask_anew(self) -> None:
        self._rest = 0

    def _tick(self) -> None:
        if self._is_open and self._sheet is not None:
            self._sheet.look_again()
            return
        by = self._counter.sell.staff.code
        self._rest = max(0, self._rest - 1) if by == self._asked_of else 0
        if self._counter.frame.is_clock_doubted and self._rest == 0 and self._is_quiet():
            self._rest, self._asked_of = REST_TICKS, by
            self._ask(by)

    def _ask(self, by: str) -> None:
        # a room of its own, opened once a year
        from storeapp.ui.clock.presenter import ClockPresenter
        from storeapp.ui.clock.sheet import ClockSheet

        # it says all of what the notice said
        self._window.notice.hide_notice()
        self._sheet = ClockSheet(self._window, ClockPresenter(self._desk, by, then=self._confirmed))
        self._window.open_sheet(self._sheet)

    def _is_quiet(self) -> bool:
        """Somebody is signed in, and nothing is open, rung up or typed."""
        window, counter = self._window, self._counter
        is_free = window.page is None and window.sheet is None and window.over is None
        return is_free and counter.frame.is_staffed and counter.sell.state.is_empty and not window.scan.text()

    def _followed(self, state: SellState) -> None:
        # the next customer takes it away, as she does with the paper
        if self._is_open and not state.is_empty:
            self._window.close_sheet()

    def _confirmed(self) -> None:
        self._counter.frame.tick()
        self._window.show_notice(Notice(self._window.look.t("Noted, with your name: the clock is right."), "done"))
