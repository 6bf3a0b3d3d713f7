"""A scroll bar that lies over the edge of a list instead of taking room from it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar


class OverlayBar(QScrollBar):
    """Follows the vertical bar of `area`, which is switched off, and drives it."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        self._area, self._driven = area, area.verticalScrollBar()
        self._driven.rangeChanged.connect(self._follow)
        self._driven.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._driven.setValue)
        area.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._follow()
        return False

    def _follow(self) -> None:
        driven, width = self._driven, self.sizeHint().width()
        self.setRange(driven.minimum(), driven.maximum())
        self.setPageStep(driven.pageStep())
        self.setSingleStep(driven.singleStep())
        self.setValue(driven.value())
        self.setGeometry(self._area.width() - width, 0, width, self._area.height())
        self.setVisible(driven.maximum() > driven.minimum())
        self.raise_()
