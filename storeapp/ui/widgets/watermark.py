"""A watermark over a whole window: seen everywhere, in nobody's way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from storeapp.ui.look import Look

_ALPHA = 30
_TURN = -24.0
_STEP_X, _STEP_Y = 420, 230


class Watermark(QWidget):
    """Lies over `host` and grows with it. Keys, clicks and scans go through it."""

    def __init__(self, look: Look, host: QWidget, words: str) -> None:
        super().__init__(host)
        self._look, self._words = look, words
        self.setAccessibleName(words)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        host.installEventFilter(self)
        self.resize(host.size())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded):
            host = self.parentWidget()
            if host is not None:
                self.resize(host.size())
                self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self._look.theme.colours.red)
        colour.setAlpha(_ALPHA)
        painter.setPen(colour)
        painter.setFont(self._look.font(30, True))
        px = self._look.px
        for row, y in enumerate(range(px(_STEP_Y) // 2, self.height() + px(_STEP_Y), px(_STEP_Y))):
            shift = px(_STEP_X) // 2 if row % 2 else 0
            for x in range(px(40) - shift, self.width() + px(_STEP_X), px(_STEP_X)):
                painter.save()
                painter.translate(x, y)
                painter.rotate(_TURN)
                painter.drawText(0, 0, self._words)
                painter.restore()
