"""The quick switch: somebody else takes over the till in two entries, and the basket stays as it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from storeapp.ui.notices import notice
from storeapp.ui.signin.people import PeopleList
from storeapp.ui.signin.presenter import SignInPresenter, SignInState
from storeapp.ui.signin.screen import PIN_MOST, fault_of, show_step
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, Picture, label
from storeapp.ui.widgets.over import Over
from storeapp.ui.widgets.pad import PinPad
from storeapp.ui.window import Window

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_WIDE_PX, _HIGH_PX = 722, 540


class SwitchSheet(Over):
    """Draws one SignInState over the counter: code or badge, then the PIN."""

    def __init__(self, window: Window, presenter: SignInPresenter, *, beep: Callable[[], None]) -> None:
        super().__init__(window.look, wide_px=_WIDE_PX, high_px=_HIGH_PX)
        self._window, self._look, self._presenter, self.beep = window, window.look, presenter, beep
        look, _ = self._look, self._look.t
        self.setAccessibleName(_("Quick switch"))
        self._people = PeopleList(look, _("Who may sign in"))
        self._people.chosen.connect(presenter.choose)
        self._pad = PinPad(look, _("Code or badge"), most=max(PIN_MOST, 40))
        self._pad.entered.connect(presenter.enter)
        self._pad.line.installEventFilter(self)
        back = KeyButton(look, _("Back"), action="back", kind="ghost")
        back.setSizePolicy(back.sizePolicy().Policy.Fixed, back.sizePolicy().Policy.Fixed)
        back.clicked.connect(self.closed)
        head = card.row(look, gap=10)
        head.addWidget(Picture(look, "users", "brand", 24))
        head.addWidget(Elided(_("Quick switch"), "title"), 1)
        head.addWidget(back)
        halves = card.row(look, gap=20)
        halves.addLayout(self._left(), 1)
        halves.addLayout(self._right(), 1)
        outer = card.column(look, self, margin=(18, 12, 18, 16), gap=12)
        outer.addLayout(head)
        outer.addLayout(halves, 1)
        self.setFocusProxy(self._pad)
        presenter.bind(self)

    def show_state(self, state: SignInState) -> None:
        self._people.show_people(state.people, state.chosen, enabled=not state.is_asking, duty=state.duty)
        self._name.setText(state.person.name if state.person is not None and state.step != "who" else "")
        self._pad.line.setEnabled(not state.is_asking)
        show_step(self._pad, state, self._look)
        self._pad.show_fault(fault_of(state.refused, self._look))
        if not state.is_asking:
            self._pad.line.setFocus()

    def take_scan(self, code: str) -> bool:
        """A badge, or a code or PIN typed as fast as a scanner; goods go on to the basket."""
        return self._presenter.take_scan(code)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self._look.words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._presenter.move(step)
                return True
        return False

    def _left(self) -> QVBoxLayout:
        look, _ = self._look, self._look.t
        made = card.column(look, gap=8)
        hint = _("Type a code, scan a badge or choose with ↑ ↓. The basket stays; the sale is whose PIN was last.")
        made.addWidget(label(hint, "secondary", "muted", wrap=True))
        made.addWidget(self._people, 1)
        return made

    def _right(self) -> QVBoxLayout:
        self._name = Elided("", "total")
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made = card.column(self._look, gap=8)
        made.addWidget(self._name)
        made.addWidget(self._pad, 1)
        return made
