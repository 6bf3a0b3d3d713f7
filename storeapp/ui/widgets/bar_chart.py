"""A small bar chart: one value a day or hour, its scale on the left, the bar under the mouse told in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets import paint

_STEPS = 4
# tenths of a power of ten a step may be
_NICE = (10, 15, 20, 25, 30, 40, 50, 60, 80, 100)
_TOP, _BOTTOM, _AXIS_GAP = 10, 24, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """`name` stands below it, `spoken` is what it says in full."""

    name: str
    value: int
    spoken: str


class BarChart(QWidget):
    """`written` turns a value of the scale into words."""

    def __init__(self, look: Look, words: str, written: Callable[[int], str]) -> None:
        super().__init__()
        self._look, self._words, self._written = look, words, written
        self._bars: tuple[Bar, ...] = ()
        self._under = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        self._bars, self._under = tuple(bars), -1
        self.setAccessibleDescription("; ".join(bar.spoken for bar in self._bars))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(420), self._look.px(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(110))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._place_of(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = scale_top(max((bar.value for bar in self._bars), default=0))
        area = self._area(top)
        self._paint_grid(painter, area, top)
        for place, bar in enumerate(self._bars):
            self._paint_bar(painter, area, place, bar.value, top)
        self._paint_names(painter, area)
        if 0 <= self._under < len(self._bars):
            self._paint_words(painter, area)

    def _point_at(self, place: int) -> None:
        if place != self._under:
            self._under = place
            self.update()

    def _area(self, top: int) -> QRect:
        px = self._look.px
        metrics = QFontMetrics(self._look.font(self._look.theme.type.tag))
        # an advance is rounded: with a point more the widest word is not shortened
        widest = max(metrics.horizontalAdvance(self._written(top * n // _STEPS)) for n in range(_STEPS + 1)) + 1
        return self.rect().adjusted(widest + px(_AXIS_GAP), px(_TOP), -px(4), -px(_BOTTOM))

    def _place_of(self, x: float) -> int:
        if not self._bars:
            return -1
        area = self._area(scale_top(max(bar.value for bar in self._bars)))
        place = int((x - area.left()) * len(self._bars) // max(1, area.width()))
        return place if x >= area.left() and place < len(self._bars) else -1

    def _paint_grid(self, painter: QPainter, area: QRect, top: int) -> None:
        look, c = self._look, self._look.theme.colours
        font = look.font(look.theme.type.tag)
        for step in range(_STEPS + 1):
            y = area.bottom() - area.height() * step // _STEPS
            painter.setPen(QPen(QColor(c.line), 1))
            painter.drawLine(area.left(), y, area.right(), y)
            cell = QRect(0, y - look.px(10), area.left() - look.px(_AXIS_GAP), look.px(20))
            paint.text(painter, cell, self._written(top * step // _STEPS), font, c.faint, paint.RIGHT)

    def _cell(self, area: QRect, place: int) -> QRectF:
        width = area.width() / len(self._bars)
        return QRectF(area.left() + width * place, area.top(), width, area.height())

    def _paint_bar(self, painter: QPainter, area: QRect, place: int, value: int, top: int) -> None:
        if value <= 0:
            return
        c, cell = self._look.theme.colours, self._cell(area, place)
        width = min(cell.width() * 0.6, self._look.px(28))
        height = max(2.0, area.height() * value / top)
        bar = QRectF(cell.center().x() - width / 2, area.bottom() - height, width, height)
        radius = min(self._look.px(4), width / 2, height)
        path = QPainterPath()
        # only its top is round: it stands on the line
        path.moveTo(bar.bottomLeft())
        path.lineTo(bar.left(), bar.top() + radius)
        path.quadTo(bar.left(), bar.top(), bar.left() + radius, bar.top())
        path.lineTo(bar.right() - radius, bar.top())
        path.quadTo(bar.right(), bar.top(), bar.right(), bar.top() + radius)
        path.lineTo(bar.bottomRight())
        path.closeSubpath()
        painter.fillPath(path, QColor(c.brand_pressed if place == self._under else c.brand))

    def _paint_names(self, painter: QPainter, area: QRect) -> None:
        font = self._look.font(self._look.theme.type.tag)
        for cell, name in self.names(area):
            paint.text(painter, cell, name, font, self._look.theme.colours.muted, paint.CENTRE)

    def names(self, area: QRect) -> Iterator[tuple[QRect, str]]:
        """Where which name stands: as many as find room, none of them cut."""
        if not self._bars:
            return
        look = self._look
        font = look.font(look.theme.type.tag)
        widest = max(QFontMetrics(font).horizontalAdvance(bar.name) for bar in self._bars) + look.px(10)
        every = max(1, -(-widest * len(self._bars) // max(1, area.width())))
        for place in range(0, len(self._bars), every):
            middle = self._cell(area, place).center().x()
            cell = QRect(round(middle - widest / 2), area.bottom() + look.px(4), widest, look.px(18))
            if self.rect().contains(cell):
                yield cell, self._bars[place].name

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        look, c = self._look, self._look.theme.colours
        font, words = look.font(look.theme.type.secondary), self._bars[self._under].spoken
        width = QFontMetrics(font).horizontalAdvance(words) + look.px(20)
        middle = self._cell(area, self._under).center()
        left = min(max(area.left(), round(middle.x() - width / 2)), max(area.left(), area.right() - width))
        box = QRect(left, area.top(), width, look.px(32))
        paint.rounded(painter, box, look.px(8), c.ink)
        paint.text(painter, box, words, font, c.white, paint.CENTRE)


def scale_top(highest: int) -> int:
    """Where the scale ends: a round number that four steps divide, at or above `highest`."""
    if highest <= _STEPS:
        return _STEPS
    size = 1
    while size * 10 * _STEPS < highest:
        size *= 10
    return next(size * tenths * _STEPS // 10 for tenths in _NICE if size * tenths * _STEPS >= highest * 10)
