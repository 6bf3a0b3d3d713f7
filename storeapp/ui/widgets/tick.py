"""A tick: a box, its words, and the blank key that sets it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from storeapp.ui.look import Look
from storeapp.ui.widgets import paint

_BOX = 22
_GAP = 10


class Tick(QCheckBox):
    """Painted by hand: a style sheet could only take the tick from a file of one colour."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__(words)
        self._look = look
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        area = QRect(0, 0, max(1, width - self._look.px(_BOX + _GAP)), 10_000)
        metrics = QFontMetrics(self._look.font(self._look.theme.type.body))
        words = metrics.boundingRect(area, Qt.TextFlag.TextWordWrap, self.text()).height()
        return max(self._look.px(44), words + self._look.px(10))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._look.font(self._look.theme.type.body))
        width = self._look.px(_BOX + _GAP) + metrics.horizontalAdvance(self.text()) + 2
        return QSize(min(width, self._look.px(320)), self.heightForWidth(min(width, self._look.px(320))))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(44))

    def hitButton(self, at: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        look, px, c = self._look, self._look.px, self._look.theme.colours
        painter = QPainter(self)
        side = px(_BOX)
        box = QRect(1, (self.height() - side) // 2, side, side)
        focused, ticked = self.hasFocus(), self.isChecked()
        edge = c.ink if ticked and focused else c.brand if ticked or focused else c.edge_alone
        paint.rounded(painter, box, px(6), c.brand if ticked else c.surface, edge, px(2))
        if ticked:
            corner = QPointF(box.x() + px(2), box.y() + px(2))
            painter.drawPixmap(corner, look.pixmap("check", "white", _BOX - 4))
        painter.setFont(look.font(look.theme.type.body))
        painter.setPen(c.text if self.isEnabled() else c.edge_alone)
        area = self.rect().adjusted(side + px(_GAP), 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text())
