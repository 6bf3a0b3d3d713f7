"""A banner above the basket's rows: one calm line with one key, gone as soon as somebody has decided."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, Picture


class Banner(QWidget):
    """Hidden while it has nothing to say; `pressed` is its one button."""

    pressed = Signal()

    def __init__(self, look: Look, words: str, *, action: str, icon: str, ground: str, tone: str) -> None:
        super().__init__()
        self.setVisible(False)
        banner = card.frame(ground)
        self._said = Elided("", "body", tone)
        button = KeyButton(look, words, action=action, kind="small")
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self.pressed)
        row = card.row(look, banner, margin=(12, 4, 6, 4), gap=10)
        row.addWidget(Picture(look, icon, tone, 20))
        row.addWidget(self._said, 1)
        row.addWidget(button)
        card.column(look, self, margin=(10, 6, 10, 6)).addWidget(banner)

    def say(self, said: str) -> None:
        """One line, or nothing."""
        self._said.setText(said)
        self.setVisible(bool(said))
