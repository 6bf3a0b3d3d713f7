"""The page that asks who stands at the till; nothing else can be done while it is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storeapp.domain.staff import SignInLocked
from storeapp.errors import Refused
from storeapp.till.training_shop import PRACTICE_PIN
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import notice, sentence
from storeapp.ui.signin.people import PeopleList
from storeapp.ui.signin.presenter import SignInPresenter, SignInState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import Elided, label
from storeapp.ui.widgets.pad import PinPad
from storeapp.ui.window import Window
from storeapp.words import N_

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
PIN_MOST = 12
_WIDE_PX, _HIGH_PX = 780, 580


def fault_of(refused: Refused | None, look: Look) -> str:
    """Why a PIN would not do, with the hour when it may be tried again."""
    if refused is None:
        return ""
    if isinstance(refused, SignInLocked):
        until = wording.moment_clock(refused.until)
        return look.t("Too many wrong PINs. Try again at {time}.").format(time=until)
    return sentence(refused, look.words)


def show_step(pad: PinPad, state: SignInState, look: Look) -> None:
    """What is asked for: a code is typed in the open, a PIN is not."""
    words = {
        "who": N_("Code or badge"),
        "pin": N_("PIN"),
        "new": N_("Choose a new PIN"),
        "again": N_("The new PIN once more"),
    }
    asked = look.t("Checking…") if state.is_asking else look.t(words[state.step])
    pad.show_asked(asked, is_secret=state.step != "who")


class SignInPage(QWidget):
    """Draws one SignInState over the whole window."""

    def __init__(self, window: Window, presenter: SignInPresenter, *, beep: Callable[[], None]) -> None:
        super().__init__()
        self._window, self._look, self._presenter, self.beep = window, window.look, presenter, beep
        self._people = PeopleList(window.look, window.look.t("Who may sign in"))
        self._people.chosen.connect(presenter.choose)
        self._name = Elided("", "title")
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pad = PinPad(self._look, self._look.t("PIN"), most=PIN_MOST)
        self._pad.entered.connect(presenter.enter)
        look = self._look
        host = card.frame("card")
        host.setFixedSize(look.px(_WIDE_PX), look.px(_HIGH_PX))
        halves = card.row(look, host, margin=(24, 22, 24, 22), gap=28)
        halves.addLayout(self._left(), 1)
        halves.addLayout(self._right(), 1)
        outer = card.column(look, self, margin=10)
        outer.addStretch(1)
        outer.addWidget(host, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        self.setFocusProxy(self._pad)
        presenter.bind(self)

    def show_state(self, state: SignInState) -> None:
        self._people.show_people(state.people, state.chosen, enabled=not state.is_asking, duty=state.duty)
        self._demo.setVisible(state.is_demo or state.is_training)
        if state.is_training:
            self._demo.setText(self._look.t("Training: every PIN is {pin}.").format(pin=PRACTICE_PIN))
        self._name.setText(state.person.name if state.person is not None else "")
        self._pad.line.setEnabled(not state.is_asking)
        show_step(self._pad, state, self._look)
        self._pad.show_fault(fault_of(state.refused, self._look))
        if not state.is_asking:
            self._pad.line.setFocus()

    def take_scan(self, code: str) -> bool:
        """A PIN typed as fast as a scanner, or while the machine was busy, is a PIN all the same."""
        return self._presenter.take_scan(code)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self._look.words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._presenter.move(step)

    def _left(self) -> QVBoxLayout:
        look, _ = self._look, self._look.t
        made = card.column(look, gap=14)
        made.addWidget(label(_("Who is at the till?"), "title"))
        made.addWidget(label(_("Choose with ↑ ↓, then type the PIN."), "secondary", "muted", wrap=True))
        made.addWidget(self._people, 1)
        demo = _("Demo shop: the cashiers' PINs are their codes, the owner's is 100100.")
        self._demo = label(demo, "secondary", "brand", wrap=True)
        made.addWidget(self._demo)
        return made

    def _right(self) -> QVBoxLayout:
        made = card.column(self._look, gap=14)
        made.addWidget(self._name)
        made.addWidget(self._pad, 1)
        return made
