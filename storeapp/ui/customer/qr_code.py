"""A QR code, painted module by module so that every phone reads it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from storeapp.ui.look import Look

_QUIET = 4  # modules


class QrCode(QWidget):
    """Black on white whatever the theme; nothing for an empty text."""

    def __init__(self, look: Look, words: str, side_px: int) -> None:
        super().__init__()
        self._text, self._rows = "", [[False]]
        self._most = look.px(side_px)
        self.setFixedSize(self._most, self._most)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def show_text(self, text: str) -> None:
        self.setVisible(bool(text))
        if text and text != self._text:
            # deferred: only a shop with a second screen and an offer draws one
            from qrcode.constants import ERROR_CORRECT_M
            from qrcode.main import QRCode

            code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=2)
            code.add_data(text)
            code.make()
            self._rows = code.get_matrix()
            # whole pixels a module: a blurred edge costs a phone its certainty
            count = len(self._rows) + 2 * _QUIET
            self.setFixedSize(count * self._module(count), count * self._module(count))
        self._text = text
        self.update()

    def _module(self, count: int) -> int:
        return max(1, self._most // count)

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        if not self._text:
            return
        module = self._module(len(self._rows) + 2 * _QUIET)
        start = _QUIET * module
        black = QColor("black")
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(QRect(start + x * module, start + y * module, module, module), black)
