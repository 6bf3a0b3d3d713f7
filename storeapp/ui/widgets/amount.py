"""Amounts that everybody reads from a step away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from storeapp.ui.look import Look


class BigAmount(QWidget):
    """An amount as large as its place allows, at most the theme's largest."""

    def __init__(self, look: Look, tone: str = "white", size_px: int = 46) -> None:
        super().__init__()
        self._look, self._tone, self._size_px = look, tone, size_px
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.px(size_px * 1.2))

    def show_amount(self, words: str, tone: str) -> None:
        self._words, self._tone = words, tone
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(200), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = float(self._size_px)
        while size > 20 and QFontMetrics(self._look.font(size, True)).horizontalAdvance(self._words) > self.width():
            size -= 2
        painter.setFont(self._look.font(size, True))
        painter.setPen(QColor(self._look.theme.colour(self._tone)))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._words)
