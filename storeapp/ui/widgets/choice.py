"""One of a few: the choices side by side, the chosen one dark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import label, repolish

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Choice(QWidget):
    """`chosen` brings the stored word of a choice. Tab comes to it once; left and right change it."""

    chosen = Signal(str)

    def __init__(self, look: Look, words: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._stored = [stored for stored, _said in choices]
        self._buttons: list[KeyButton] = []
        self.setAccessibleName(words)
        layout = card.column(look, self, gap=5)
        if words:
            layout.addWidget(label(words, "secondary", "muted"))
        row = card.row(look, gap=6)
        for stored, said in choices:
            made = KeyButton(look, said, kind="small")
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.clicked.connect(lambda _checked=False, stored=stored: self._choose(stored))
            row.addWidget(made, 1)
            self._buttons.append(made)
        layout.addLayout(row)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._now = 0

    def show_chosen(self, stored: str) -> None:
        self._now = self._stored.index(stored) if stored in self._stored else -1
        for place, button in enumerate(self._buttons):
            button.setChecked(place == self._now)
        self._ring(self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._choose(self._stored[min(max(0, self._now + step), len(self._stored) - 1)])

    def _ring(self, on: bool) -> None:
        """The chosen one carries the focus of all."""
        for place, button in enumerate(self._buttons):
            button.setProperty("ring", "true" if on and place == max(0, self._now) else "false")
            repolish(button)

    def _choose(self, stored: str) -> None:
        self.show_chosen(stored)
        self.chosen.emit(stored)
