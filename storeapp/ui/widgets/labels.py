"""Labels: words in the sizes and tones of the theme, tags and key caps."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets import paint

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def label(
    words: str = "", kind: str = "body", tone: str = "text", *, strong: bool = False, wrap: bool = False
) -> QLabel:
    """A line of words; `kind` is a name of the type scale."""
    made = QLabel(words)
    made.setProperty("type", kind)
    made.setProperty("tone", tone)
    made.setProperty("strong", "true" if strong else "false")
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return made


def tag(words: str = "", tone: str = "brand") -> QLabel:
    """A small filled tag."""
    made = QLabel(words)
    made.setProperty("kind", "tag")
    made.setProperty("tone", tone)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def key_cap(words: str) -> QLabel:
    """The key that does the same, drawn as a key."""
    made = QLabel(paint.cap_words(words))
    made.setProperty("kind", "cap")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def repolish(widget: QWidget) -> None:
    """After a property named in the style sheet changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_tone(widget: QWidget, tone: str) -> None:
    """Changes the tone of a label or tag."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        repolish(widget)


class Elided(QLabel):
    """Words that may be too long for their place: shortened, the whole in the tool tip."""

    def __init__(
        self,
        words: str = "",
        kind: str = "body",
        tone: str = "text",
        *,
        strong: bool = False,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__()
        self._mode = mode
        self.setProperty("type", kind)
        self.setProperty("tone", tone)
        self.setProperty("strong", "true" if strong else "false")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setText(words)

    def setText(self, words: str) -> None:
        if words == self.text() and words:
            return
        super().setText(words)
        self.setAccessibleName(words)
        self._tell_whole()

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance("…") + 2, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, self._shown())

    def _shown(self) -> str:
        return QFontMetrics(self.font()).elidedText(self.text(), self._mode, self.contentsRect().width())

    def _tell_whole(self) -> None:
        whole = self.text() if self._shown() != self.text() else ""
        if self.toolTip() != whole:
            self.setToolTip(whole)


class Picture(QLabel):
    """An icon beside words that say the same; a screen reader passes over it."""

    def __init__(self, look: Look, name: str, tone: str = "muted", size_px: float = 20) -> None:
        super().__init__()
        self._look, self._size_px = look, size_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_icon(name, tone)

    def show_icon(self, name: str, tone: str) -> None:
        self.setPixmap(self._look.pixmap(name, tone, self._size_px))
