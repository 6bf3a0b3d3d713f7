"""The page that makes one of two members: who the other is, both side by side, what comes of it, and why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from storeapp.till.records import Found
from storeapp.ui import wording
from storeapp.ui.merge.presenter import MergePresenter, MergeState
from storeapp.ui.merge.side_box import SideBox
from storeapp.ui.notices import sentence
from storeapp.ui.page import Page
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window

SWAP = "F6"
_PAUSE_MS = 40
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_FIND, _SEEN = 0, 1


class MergePage(Page):
    """Draws one MergeState: type, arrows, Enter; then why, Enter. Esc goes back to the search, then to her page."""

    left = Signal()

    def __init__(self, window: Window, presenter: MergePresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("One person, two members"), "users")
        self._presenter, self.beep = presenter, beep
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: presenter.search(self._field.text()))
        columns = card.row(look, gap=12)
        self._hers = SideBox(look, look.t("She stays"))
        columns.addWidget(self._hers, 8)
        columns.addWidget(self._middle(), 8)
        columns.addWidget(self._right(), 9)
        self.body.addLayout(columns, 1)
        self.on_key(SWAP, presenter.swap)
        presenter.bind(self)
        self.setFocusProxy(self._field.edit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self._presenter.state.other is None:
            self._list.step(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._entered()
        else:
            super().keyPressEvent(event)

    def may_leave(self) -> bool:
        """Esc first goes back to the search."""
        if self._presenter.state.other is not None:
            self._presenter.another()
            self._field.edit.setFocus()
        else:
            QTimer.singleShot(0, self.left.emit)
        return False

    def show_state(self, state: MergeState) -> None:
        words, t = self.look.words, self.look.t
        said = "" if state.refused is None else sentence(state.refused, words)
        self._hers.show_side(state.hers)
        had = self._parts.currentIndex()
        self._parts.setCurrentIndex(_FIND if state.other is None else _SEEN)
        self._list.show_rows([self._row(one) for one in state.found])
        self._none.setText(t("Nobody else found.") if state.text.strip() else t("Type what the other one is known by."))
        self._none.setVisible(not state.found)
        self._list.setVisible(bool(state.found))
        self._field.show_fault("" if state.is_about_reason else said)
        self._outcome.setVisible(state.after is not None)
        self._hint.setVisible(state.after is None)
        if state.other is not None and state.after is not None:
            self._other.show_side(state.other)
            self._after.show_side(state.after)
            self._reason.show_fault(said)
            self._swap.setEnabled(not state.is_saving)
            self._confirm.setEnabled(not state.is_saving)
            if had == _FIND:
                self._reason.edit.setFocus()

    def _entered(self) -> None:
        presenter = self._presenter
        if presenter.state.other is not None:
            presenter.confirm()
            return
        if self._pause.isActive() or self._field.text() != presenter.state.text:
            self._pause.stop()
            presenter.search(self._field.text())
        if self._list.currentIndex().isValid():
            self._list.choose_current()
        else:
            presenter.choose_first()

    def _row(self, one: Found) -> Row:
        points = wording.points(one.points, self.look.words)
        name = one.name or self.look.t("Member")
        return Row(one.member_id, name, one.phone_masked, points, tag=one.tier, icon="user")

    def _middle(self) -> QStackedWidget:
        look, t = self.look, self.look.t
        self._parts = QStackedWidget()
        find = card.frame("card")
        lines = card.column(look, find, margin=(1, 12, 1, 12), gap=8)
        self._field = Field(look, t("The other one: phone, last four digits, name or pinyin"), most=40)
        self._field.edited.connect(lambda _text: self._pause.start())
        self._list = RowList(look, t("Members found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.chosen.connect(self._presenter.choose)
        self._none = label("", "secondary", "muted", wrap=True)
        held = card.column(look, margin=(16, 0, 16, 0), gap=8)
        held.addWidget(self._field)
        held.addWidget(self._none)
        lines.addLayout(held)
        lines.addWidget(self._list, 1)
        lines.addStretch(0)
        self._other = SideBox(look, t("She becomes the other"))
        for part in (find, self._other):
            self._parts.addWidget(part)
        return self._parts

    def _right(self) -> QFrame:
        look, t = self.look, self.look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=(16, 12, 16, 12), gap=8)
        self._hint = label(
            t("Points, stored value, debts, coupons and tags of both come together. A no to offers stays a no."),
            "body",
            "muted",
            wrap=True,
        )
        lines.addWidget(self._hint)
        self._outcome = QWidget()
        inner = card.column(look, self._outcome, gap=8)
        self._after = SideBox(look, t("What comes of it"), is_result=True)
        inner.addWidget(self._after)
        inner.addStretch(1)
        self._reason = Field(look, t("Why they are one person"), most=100, compact=True)
        self._reason.edited.connect(self._presenter.because)
        inner.addWidget(self._reason)
        inner.addWidget(label(t("It cannot be undone."), "secondary", "red"))
        deeds = card.row(look, gap=8)
        self._swap = KeyButton(look, t("The other stays"), cap=SWAP)
        self._swap.clicked.connect(self._presenter.swap)
        self._confirm = KeyButton(look, t("Make them one"), "check", kind="primary")
        self._confirm.clicked.connect(self._presenter.confirm)
        deeds.addWidget(self._swap, 2)
        deeds.addWidget(self._confirm, 3)
        inner.addLayout(deeds)
        lines.addWidget(self._outcome, 1)
        lines.addStretch(0)
        return made
