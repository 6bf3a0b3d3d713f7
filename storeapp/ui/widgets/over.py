"""A sheet that floats over columns and pages, for a question that may come up anywhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from storeapp.ui.look import Look


class Over(QFrame):
    """Never modal: scans it does not want go where they always go. `closed` asks to be taken away."""

    closed = Signal()

    def __init__(self, look: Look, *, wide_px: float, high_px: float) -> None:
        super().__init__()
        self._wanted = QSize(look.px(wide_px), look.px(high_px))
        self._margin = look.px(12)
        self.setProperty("kind", "drop")
        # it takes its place, and never makes the window larger
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def take_scan(self, code: str) -> bool:
        """True when the sheet itself wants the scanned code."""
        return False

    def taken_away(self) -> None:
        """It is gone, by whatever way: an answer that is still coming is not wanted any more."""

    def place_in(self, room: QRect) -> None:
        """Right in the room between the bars: the basket on the left stays in sight."""
        size = self._wanted.boundedTo(room.size() - QSize(2 * self._margin, 2 * self._margin))
        size = size.expandedTo(self.minimumSizeHint())
        corner = QPoint(room.right() - size.width() - self._margin, room.top() + self._margin)
        self.setGeometry(QRect(corner, size))
