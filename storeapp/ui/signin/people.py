"""People to choose from: who signs in, who takes over, who approves. The arrows choose, the PIN keeps the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QSizePolicy, QWidget

from storeapp.till.duty import Duty
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.signin.presenter import Person
from storeapp.ui.widgets import card, paint


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


class PeopleList(QScrollArea):
    """`chosen` brings the place of a person."""

    chosen = Signal(int)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.buttons: list[PersonButton] = []
        content = QWidget()
        self._lines = card.column(look, content, gap=8)
        self._lines.addStretch(1)
        self.setWidgetResizable(True)
        self.setWidget(content)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_people(
        self, people: Sequence[Person], chosen: int, *, enabled: bool, duty: Mapping[str, Duty] | None = None
    ) -> None:
        """`duty` tells by code since when somebody is here."""
        if len(self.buttons) != len(people):
            self._make(people)
        for place, (button, person) in enumerate(zip(self.buttons, people, strict=True)):
            button.setChecked(place == chosen)
            button.setEnabled(enabled)
            button.show_duty(None if duty is None else duty.get(person.code))

    def _make(self, people: Sequence[Person]) -> None:
        for old in self.buttons:
            old.deleteLater()
        self.buttons = []
        for place, person in enumerate(people):
            made = PersonButton(self._look, person)
            made.clicked.connect(lambda _checked=False, place=place: self.chosen.emit(place))
            self._lines.insertWidget(place, made)
            self.buttons.append(made)
