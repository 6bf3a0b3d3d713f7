"""What the sheets of an account look like: whom it is about, what is typed, what comes of it, and one Enter a step."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from storeapp.domain.tender import TenderKind
from storeapp.ui import wording
from storeapp.ui.account.her import Her
from storeapp.ui.account.ways import WAYS
from storeapp.ui.look import Look
from storeapp.ui.notices import notice
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.choice import Choice
from storeapp.ui.widgets.labels import RIGHT, Elided, label
from storeapp.ui.widgets.sheet import Sheet
from storeapp.ui.window import Window


class DeedSheet(Sheet):
    """Enter goes from one of `steps` to the next where `check` lets it, and confirms after the last."""

    def __init__(self, window: Window, title: str, icon: str, *, beep: Callable[[], None]) -> None:
        super().__init__(window.look, title, icon)
        self._window, self.beep = window, beep
        self.steps: Sequence[QWidget] = ()
        self.confirm_button = KeyButton(window.look, "", "check", kind="primary")
        self.confirm_button.clicked.connect(self.confirm)

    @abstractmethod
    def confirm(self) -> None:
        """What the last Enter does."""

    def check(self, step: QWidget) -> bool:
        """Whether the next step may come."""
        return True

    def first_focus(self) -> QWidget | None:
        return self.steps[0] if self.steps else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        place = next((place for place, step in enumerate(self.steps) if step.hasFocus()), len(self.steps) - 1)
        if place + 1 == len(self.steps):
            self.confirm()
        elif self.check(self.steps[place]):
            self.steps[place + 1].setFocus()

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))


def her_box(look: Look, who: Her, below: str) -> QFrame:
    """Whom it is about, and what she has."""
    made = card.frame("tinted")
    lines = card.column(look, made, margin=(14, 10, 14, 10), gap=4)
    lines.addWidget(Elided(who.said, "body", "brand", strong=True))
    lines.addWidget(label(below, "secondary", "brand", wrap=True))
    return made


def outcome_box(look: Look, rows: Sequence[str]) -> tuple[QFrame, tuple[QLabel, ...]]:
    """What comes of it: a row for each of the words, and the labels that show the sums; the last one counts most."""
    made, sums = card.frame("sunken"), []
    lines = card.column(look, made, margin=(14, 10, 14, 10), gap=6)
    for place, words in enumerate(rows):
        is_last = place + 1 == len(rows)
        line = card.row(look, gap=8)
        line.addWidget(label(words, "secondary", "muted"), 1)
        amount = label("", "total" if is_last else "body", strong=is_last)
        amount.setAlignment(RIGHT)
        line.addWidget(amount)
        lines.addLayout(line)
        sums.append(amount)
    return made, tuple(sums)


def way_choice(look: Look, words: str, ways: Sequence[TenderKind] = WAYS) -> Choice:
    """Cash, card or the code on the counter; without a line above it, for the ways speak for themselves."""
    made = Choice(look, "", [(way, wording.tender(way, look.words)) for way in ways])
    made.setAccessibleName(words)
    # the ring around the chosen one wants a little more than the buttons ask for
    made.setMinimumHeight(look.px(52))
    return made
