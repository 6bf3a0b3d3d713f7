"""A stepper: less, the number, more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import IconButton
from storeapp.ui.widgets.labels import label


class Stepper(QFrame):
    """`less` and `more` are wishes; the number changes when it is shown again."""

    less = Signal()
    more = Signal()

    def __init__(self, look: Look, words: str, number: str = "1") -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(words)
        minus = IconButton(look, "minus", look.t("Less"), tone="text")
        plus = IconButton(look, "plus", look.t("More"), tone="text")
        self._number = label(number, "name", strong=True)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setMinimumWidth(look.px(44))
        layout = card.row(look, self, gap=0)
        for part in (minus, self._number, plus):
            layout.addWidget(part)
        minus.clicked.connect(self.less)
        plus.clicked.connect(self.more)

    def show_number(self, number: str) -> None:
        self._number.setText(number)
