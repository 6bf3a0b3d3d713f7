"""What both pages of refunds share: lines to mark, what goes back for them, and the money counted out at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from storeapp.ui.page import Page
from storeapp.ui.refund.done_view import DoneView
from storeapp.ui.refund.lines_view import LinesHead, LinesView
from storeapp.ui.refund.loose_state import LooseState
from storeapp.ui.refund.panel import BackPanel
from storeapp.ui.refund.reasons import REASON_KEYS
from storeapp.ui.refund.state import OWN, RefundState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, Picture
from storeapp.ui.window import Window
from storeapp.words import N_

_RIGHT_PX = 404
DONE = {"resumed": N_("The refund you had begun is here again.")}


class BackPresenter(Protocol):
    """What the lines, the reasons and the end of such a page are told to."""

    @property
    def state(self) -> RefundState | LooseState: ...

    def move(self, by: int) -> None: ...
    def select(self, place: int) -> None: ...
    def step(self, by: int) -> None: ...
    def type(self, char: str) -> None: ...
    def rub(self) -> None: ...
    def toggle_restock(self) -> None: ...
    def choose_reason(self, stored: str) -> None: ...
    def type_reason(self, text: str) -> None: ...
    def give_back(self) -> None: ...
    def leave(self) -> bool: ...
    def close(self) -> None: ...


class BackPage(Page):
    """Enter gives back, and ends it. `left` tells that the page is away.

    Fill `_open`, where lines are marked, and put it and `_finished` into `_steps`.
    """

    left = Signal()

    def __init__(self, window: Window, presenter: BackPresenter, panel: BackPanel, *, beep: Callable[[], None]) -> None:
        super().__init__(window, window.look.t("Refund"), "receipt-refund")
        self._presenter, self._panel, self.beep = presenter, panel, beep
        self._title, self._about = Elided("", "name", strong=True), Elided("", "secondary", "muted")
        self._lines, self._finished = LinesView(self.look), DoneView(self.look)
        self._scrap = KeyButton(self.look, self.look.t("Scrap it"), "trash", cap="S")
        self._open, self._steps = QWidget(), QStackedWidget()
        self.body.addWidget(self._steps, 1)
        self._connect_shared()

    def may_leave(self) -> bool:
        return self._presenter.leave()

    def done(self, word: str) -> None:
        self.say(self.look.t(DONE[word]))

    def gone(self) -> None:
        if self._window.page is self:
            self._window.close_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if is_enter and self._presenter.state.step == "done":
            self._presenter.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.left.emit()

    # for the pages

    def _fill_open(self, left: QFrame) -> None:
        self._panel.setFixedWidth(self.look.px(_RIGHT_PX))
        row = card.row(self.look, self._open, gap=12)
        row.addWidget(left, 1)
        row.addWidget(self._panel)

    def _left(
        self, icon: str, other: KeyButton, head: LinesHead, below: Sequence[KeyButton], *, above: QWidget | None = None
    ) -> QFrame:
        """The lines: over them what they are of, the way to another receipt and what stands `above`; buttons below."""
        look = self.look
        made = card.frame("card")
        outer = card.column(look, made, margin=1, gap=0)
        top = card.row(look, margin=(15, 8, 10, 8), gap=10)
        top.addWidget(Picture(look, icon, "muted", 24))
        texts = card.column(look, gap=1)
        texts.addWidget(self._title)
        texts.addWidget(self._about)
        top.addLayout(texts, 1)
        other.setSizePolicy(other.sizePolicy().Policy.Fixed, other.sizePolicy().Policy.Fixed)
        top.addWidget(other)
        outer.addLayout(top)
        if above is not None:
            row = card.row(look, margin=(15, 4, 15, 10))
            row.addWidget(above)
            outer.addLayout(row)
        outer.addWidget(head)
        outer.addWidget(self._lines, 1)
        buttons = card.row(look, margin=(10, 8, 10, 10), gap=8)
        for button in below:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            buttons.addWidget(button, 1)
        outer.addLayout(buttons)
        return made

    def _show_scrap(self, *, can: bool, is_scrapped: bool) -> None:
        self._scrap.setEnabled(can)
        self._scrap.setText(self.look.t("Back on the shelf") if is_scrapped else self.look.t("Scrap it"))

    def _choose_reason(self, stored: str) -> None:
        self._presenter.choose_reason(stored)
        if self._steps.currentWidget() is not self._open:
            return
        state = self._presenter.state
        if state.reason == OWN:
            self._panel.type_reason()
        elif state.lines:
            self._lines.setFocus()

    # inside

    def _connect_shared(self) -> None:
        presenter, lines, panel = self._presenter, self._lines, self._panel
        lines.moved.connect(presenter.move)
        lines.picked.connect(presenter.select)
        lines.stepped.connect(presenter.step)
        lines.typed.connect(lambda char: presenter.type(char) if char else presenter.rub())
        lines.confirmed.connect(presenter.give_back)
        lines.restock_wanted.connect(presenter.toggle_restock)
        self._scrap.clicked.connect(presenter.toggle_restock)
        panel.reason_chosen.connect(self._choose_reason)
        panel.reason_typed.connect(presenter.type_reason)
        panel.reason_ended.connect(lines.setFocus)
        panel.confirmed.connect(presenter.give_back)
        self._finished.confirmed.connect(presenter.close)
        for stored, key in REASON_KEYS.items():
            self.on_key(key, partial(self._choose_reason, stored))
