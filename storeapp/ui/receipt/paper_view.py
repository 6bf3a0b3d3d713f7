"""Paper on the screen: the picture of a receipt, at the width of its place, to scroll through."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets import card

_MOST_PX = 400


class Sheet(QWidget):
    """One piece of paper with its torn edge."""

    def __init__(self, look: Look, png: bytes, words: str) -> None:
        super().__init__()
        self._look = look
        self._image = QImage.fromData(png)
        self._scaled = QPixmap()
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def fit(self, room: int) -> None:
        width = max(1, min(room, self._look.px(_MOST_PX)) - 2)
        grey = self._image.convertToFormat(QImage.Format.Format_Grayscale8)
        scaled = grey.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        self._scaled = QPixmap.fromImage(scaled)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(self._scaled.width() + 2, self._scaled.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        painter.drawPixmap(1, 1, self._scaled)
        painter.setPen(QPen(QColor(self._look.theme.colours.line), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PaperView(QScrollArea):
    """The pieces from the newest on; the arrows and the wheel move it."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._look, self._words = look, words
        self._content = QWidget()
        self._column: QVBoxLayout = card.column(look, self._content, margin=(0, 2, 0, 2), gap=14)
        self._column.addStretch(1)
        self._sheets: list[Sheet] = []
        self.setWidgetResizable(True)
        self.setWidget(self._content)
        self.setAccessibleName(words)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_papers(self, pngs: tuple[bytes, ...], *, from_the_end: bool = False) -> None:
        for old in self._sheets:
            self._column.removeWidget(old)
            old.deleteLater()
        self._sheets = [Sheet(self._look, png, self._words) for png in pngs]
        for place, sheet in enumerate(self._sheets):
            self._column.insertWidget(place, sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._fit()
        bar = self.verticalScrollBar()
        # the bar learns its range from the layout, which comes after this turn of the loop
        QTimer.singleShot(0, self, lambda: bar.setValue(bar.maximum() if from_the_end else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width() - self._look.px(14)
        for sheet in self._sheets:
            sheet.fit(room)
        # at once: until the next turn of the loop the content would keep the width of wider paper
        self._column.activate()
        least = self._content.minimumSizeHint().height()
        self._content.resize(self.viewport().width(), max(self.viewport().height(), least))
