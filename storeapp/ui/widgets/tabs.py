"""Tabs in one row; more than fit are turned to with the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import IconButton


class Tabs(QWidget):
    """`chosen` brings the number of the tab; the caller shows it chosen with `show_tabs`."""

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words: tuple[str, ...] = ()
        self._current, self._first = 0, 0
        self._buttons: list[QPushButton] = []
        self._previous = IconButton(look, "chevron-left", look.t("Earlier tabs"))
        self._next = IconButton(look, "chevron-right", look.t("More tabs"))
        self._layout = card.row(look, self, gap=2)
        self._layout.addWidget(self._previous)
        self._layout.addWidget(self._next)
        self._previous.hide()
        self._next.hide()
        self._previous.clicked.connect(lambda: self._turn(-1))
        self._next.clicked.connect(lambda: self._turn(1))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_tabs(self, words: Sequence[str], current: int) -> None:
        if tuple(words) != self._words:
            self._words = tuple(words)
            self._make()
        if current != self._current:
            self._current = current
            self._first = min(self._first, current)
            while current >= self._first + len(self._shown()):
                self._first += 1
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _make(self) -> None:
        for old in self._buttons:
            old.deleteLater()
        self._buttons = [self._button(number, words) for number, words in enumerate(self._words)]
        self._first = 0

    def _button(self, number: int, words: str) -> QPushButton:
        made = QPushButton(words, self)
        made.setProperty("kind", "tab")
        made.setCheckable(True)
        made.setMinimumWidth(self._width(words) - self._look.px(12))  # the style knows only the plain weight
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.clicked.connect(lambda: self.chosen.emit(number))
        self._layout.insertWidget(1 + number, made, 1)
        return made

    def _width(self, words: str) -> int:
        return QFontMetrics(self._look.font(self._look.theme.type.body, True)).horizontalAdvance(words) + self._look.px(
            26
        )

    def _shown(self) -> range:
        """The tabs that fit, from the first one on; at least one."""
        widths = [self._width(words) for words in self._words]
        if sum(widths) + self._look.px(2) * max(0, len(widths) - 1) <= self.width():
            return range(len(widths))
        room, end = self.width() - 2 * self._look.px(46), self._first
        while end < len(widths) and room >= widths[end]:
            room -= widths[end] + self._look.px(2)
            end += 1
        return range(self._first, max(end, min(len(widths), self._first + 1)))

    def _lay_out(self) -> None:
        shown = self._shown()
        all_fit = len(shown) == len(self._words)
        for number, button in enumerate(self._buttons):
            button.setVisible(number in shown)
            button.setChecked(number == self._current)
        self._previous.setVisible(not all_fit)
        self._next.setVisible(not all_fit)
        self._previous.setEnabled(shown.start > 0)
        self._next.setEnabled(shown.stop < len(self._words))

    def _turn(self, by: int) -> None:
        self._first = min(max(0, self._first + by), max(0, len(self._words) - 1))
        self._lay_out()
