"""The page of insight: six sides, turned with Ctrl and the arrows; the night's work on one key.

The segments are written from their side; they and what customers said need no night's work.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from storeapp.ui.insight.feedback import FeedbackView
from storeapp.ui.insight.overview import OverviewView
from storeapp.ui.insight.presenter import SEGMENTS, SIDES, InsightPresenter, InsightState
from storeapp.ui.insight.returning import ReturningView
from storeapp.ui.insight.segments import CHANGE, DROP, NEW, SegmentsView
from storeapp.ui.insight.steps import StepsView
from storeapp.ui.insight.value import ValueView
from storeapp.ui.page import Page
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import key_cap, label
from storeapp.ui.widgets.tabs import Tabs
from storeapp.ui.window import Window
from storeapp.words import N_

COMPUTE, BEFORE, AFTER = "Ctrl+G", "Ctrl+Left", "Ctrl+Right"
_LOOK_MS = 200
NAMES = (
    N_("Where they stand"),
    N_("Who comes back"),
    N_("What follows what"),
    N_("What they are worth"),
    N_("What they said"),
    N_("Segments"),
)
DONE = {"computed": N_("Computed anew from all receipts."), "dropped": N_("It is asked no more.")}


class InsightPage(Page):
    """Draws one InsightState. `member_wanted` brings the id of one of those worth most, or of one who answered."""

    member_wanted = Signal(str)

    def __init__(self, window: Window, presenter: InsightPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("Insight"), "chart-bar")
        self._presenter, self.beep = presenter, beep
        value = ValueView(look)
        value.best.chosen.connect(self.member_wanted)
        self._feedback = FeedbackView(look)
        self._feedback.rows.chosen.connect(self._said_by)
        self._segments = SegmentsView(look, presenter)
        self._sides = (OverviewView(look), ReturningView(look), StepsView(look), value, self._feedback, self._segments)
        self._tabs = Tabs(look)
        self._tabs.chosen.connect(presenter.show_side)
        self._compute = KeyButton(look, look.t("Compute now"), "refresh", cap=COMPUTE)
        self._compute.clicked.connect(presenter.compute)
        bar = card.row(look, gap=8)
        bar.addWidget(self._tabs, 1)
        for key in (BEFORE, AFTER):
            bar.addWidget(key_cap(key))
        bar.addWidget(self._compute)
        self.body.addLayout(bar)
        self._stack, self._waiting = QStackedWidget(), label("", "name", "muted", wrap=True)
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for side in (self._waiting, *self._sides):
            self._stack.addWidget(side)
        self.body.addWidget(self._stack, 1)
        self._look_on = QTimer(self)
        self._look_on.timeout.connect(self._show_progress)
        self._drawn: object = None
        presenter.bind(self)
        self.on_key(BEFORE, lambda: presenter.turn(-1), words=look.t("The side before"))
        self.on_key(AFTER, lambda: presenter.turn(1), words=look.t("The next side"))
        for key, deed in (
            (COMPUTE, presenter.compute),
            (NEW, presenter.write_new),
            (CHANGE, presenter.change),
            (DROP, presenter.drop),
        ):
            self.on_key(key, deed)
        self.setFocusProxy(self._compute)

    def may_leave(self) -> bool:
        self._presenter.leave()
        return True

    @property
    def state(self) -> InsightState:
        """What the page shows."""
        return self._presenter.state

    def show_state(self, state: InsightState) -> None:
        self._tabs.show_tabs([self.look.t(name) for name in NAMES], state.side)
        self._compute.setText(self.look.t("Stop") if state.is_working else self.look.t("Compute now"))
        if state.found is not None and state.found is not self._drawn:
            self._drawn = state.found
            for view in self._sides:
                view.show_found(state.found)
        self._segments.show_state(state)
        self._feedback.show_answers(state.answers)
        is_waiting = state.found is None and SIDES[state.side] not in ("feedback", "segments")
        here: QWidget = self._waiting if is_waiting else self._sides[state.side]
        if here is not self._stack.currentWidget():
            self._stack.setCurrentWidget(here)
            self.setFocusProxy(here if state.side == SEGMENTS else self._compute)
            if self.isVisible():
                self._segments.take_focus() if state.side == SEGMENTS else self._compute.setFocus()
        self._show_progress()
        if state.is_working != self._look_on.isActive():
            self._look_on.start(_LOOK_MS) if state.is_working else self._look_on.stop()

    def _said_by(self, member_id: str) -> None:
        self.member_wanted.emit(member_id) if member_id else self.beep()

    def done(self, word: str) -> None:
        self.say(self.look.t(DONE[word]))

    def _show_progress(self) -> None:
        state, progress, t = self._presenter.state, self._presenter.progress, self.look.t
        if state.is_working:
            said = t("Looking at the members: {count}").format(count=f"{progress.done:,}")
            self._compute.setText(f"{t('Stop')} · {progress.percent}%")
        elif state.is_reading:
            said = t("Reading…")
        else:
            said = t("The members have not been looked at yet. The till does it by itself at night, or now with {key}.")
            said = said.format(key=COMPUTE)
        self._waiting.setText(said)
