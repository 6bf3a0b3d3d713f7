"""The page that asks who stands at the till; nothing else can be done while it is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from storeapp.domain.staff import SignInLocked
from storeapp.errors import Refused
from storeapp.till.duty import Duty
from storeapp.till.training_shop import PRACTICE_PIN
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import notice, sentence
from storeapp.ui.signin.presenter import Person, SignInPresenter, SignInState
from storeapp.ui.widgets import card, paint
from storeapp.ui.widgets.labels import Elided, label
from storeapp.ui.widgets.pad import PinPad
from storeapp.ui.window import Window
from storeapp.words import N_

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
PIN_MOST, SHORTEST_BARCODE = 12, 8
_WIDE_PX, _HIGH_PX = 780, 580


class PersonButton(QPushButton):
    """A person: the first letter of the name in a circle, the name, the role and the code, and since when here."""

    def __init__(self, look: Look, person: Person) -> None:
        super().__init__()
        self._look, self._person = look, person
        self._role = f"{wording.role(person.role, look.words)} · {person.code}"
        self._duty = ""
        self.setProperty("kind", "person")
        self.setCheckable(True)
        self.setAccessibleName(f"{person.name}, {self._role}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the PIN keeps the cursor; the arrows choose
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_duty(self, duty: Duty | None) -> None:
        """Since when this person is on the till today, or from when to when."""
        words = ""
        if duty is not None and duty.until:
            span = (wording.moment_clock(duty.since), wording.moment_clock(duty.until))
            words = f"{span[0]}–{span[1]}"
        elif duty is not None:
            words = self._look.t("since {time}").format(time=wording.moment_clock(duty.since))
        if words != self._duty:
            self._duty = words
            self.setAccessibleName(f"{self._person.name}, {self._role}, {words}".rstrip(", "))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look, px, c = self._look, self._look.px, self._look.theme.colours
        painter = QPainter(self)
        side = px(40)
        circle = QRect(px(12), (self.height() - side) // 2, side, side)
        paint.rounded(painter, circle, side / 2, c.brand if self.isChecked() else c.edge)
        colour = c.white if self.isChecked() else c.text
        paint.text(painter, circle, self._person.name[:1], look.font(18, True), colour, paint.CENTRE)
        left = circle.right() + px(12)
        width = self.width() - left - px(12)
        name = QRect(left, self.height() // 2 - px(23), width, px(24))
        if self._duty:
            place = QRect(name.right() - px(96), name.top(), px(96), name.height())
            paint.text(painter, place, self._duty, look.font(look.theme.type.tag), c.brand, paint.RIGHT)
            name.setWidth(max(px(60), name.width() - px(100)))
        paint.text(painter, name, self._person.name, look.font(look.theme.type.name, True), c.text)
        below = name.translated(0, px(24))
        paint.text(painter, below, self._role, look.font(look.theme.type.secondary), c.muted)


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
        self._buttons: list[PersonButton] = []
        self._people = QVBoxLayout()
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
        if len(self._buttons) != len(state.people):
            self._make(state.people)
        for place, button in enumerate(self._buttons):
            button.setChecked(place == state.chosen)
            button.setEnabled(not state.is_asking)
            button.show_duty(state.duty.get(state.people[place].code))
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
        if self._presenter.scan(code):
            return True
        # from eight digits on it is more likely goods, which must not count as wrong tries
        if not (code.isdigit() and len(code) < SHORTEST_BARCODE):
            return False
        self._presenter.enter(code)
        return True

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self._look.words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._presenter.move(step)

    def _make(self, people: tuple[Person, ...]) -> None:
        for old in self._buttons:
            old.deleteLater()
        self._buttons = []
        for place, person in enumerate(people):
            made = PersonButton(self._look, person)
            made.clicked.connect(lambda _checked=False, place=place: self._presenter.choose(place))
            self._people.insertWidget(place, made)
            self._buttons.append(made)

    def _left(self) -> QVBoxLayout:
        look, _ = self._look, self._look.t
        content = QWidget()
        self._people = card.column(look, content, gap=8)
        self._people.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        scroll.setAccessibleName(_("Who may sign in"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made = card.column(look, gap=14)
        made.addWidget(label(_("Who is at the till?"), "title"))
        made.addWidget(label(_("Choose with ↑ ↓, then type the PIN."), "secondary", "muted", wrap=True))
        made.addWidget(scroll, 1)
        demo = _("Demo shop: the cashiers' PINs are their codes, the owner's is 100100.")
        self._demo = label(demo, "secondary", "brand", wrap=True)
        made.addWidget(self._demo)
        return made

    def _right(self) -> QVBoxLayout:
        made = card.column(self._look, gap=14)
        made.addWidget(self._name)
        made.addWidget(self._pad, 1)
        return made
