"""A grid of numbers tinted by how large they are: who stands where, or who came back when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets import paint

_NAMES_PX, _HEAD_PX, _GAP_PX, _ROW_MOST_PX = 10, 26, 3, 64
_WHITE_FROM = 0.82
"""A share above this is dark enough for white words."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """`share` from 0 to 1 is its tint, `words` stand in it, `spoken` says it in full."""

    share: float
    words: str
    spoken: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row with its name; it may be shorter than the others."""

    name: str
    cells: tuple[HeatCell, ...]


class HeatGrid(QWidget):
    """`corner` names what the rows and columns are."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._look = look
        self._corner = ""
        self._columns: tuple[str, ...] = ()
        self._rows: tuple[HeatRow, ...] = ()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words)

    def show_grid(self, corner: str, columns: Sequence[str], rows: Sequence[HeatRow]) -> None:
        self._corner, self._columns, self._rows = corner, tuple(columns), tuple(rows)
        self.setAccessibleDescription("; ".join(cell.spoken for row in self._rows for cell in row.cells))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(420), self._look.px(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(260), self._look.px(140))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        for place, row in enumerate(self._rows):
            for column, cell in enumerate(row.cells):
                if self._cell(place, column).contains(where):
                    QToolTip.showText(event.globalPosition().toPoint(), cell.spoken, self)
                    return
        QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._columns or not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, c = self._look, self._look.theme.colours
        small = look.font(look.theme.type.tag)
        head = QRect(0, 0, self._left() - look.px(6), look.px(_HEAD_PX))
        paint.text(painter, head, self._corner, small, c.faint)
        for column, name in enumerate(self._columns):
            cell = self._cell(0, column)
            paint.text(painter, QRect(cell.left(), 0, cell.width(), head.height()), name, small, c.muted, paint.CENTRE)
        for place, row in enumerate(self._rows):
            middle = self._cell(place, 0)
            beside = QRect(0, middle.top(), head.width(), middle.height())
            paint.text(painter, beside, row.name, look.font(look.theme.type.secondary), c.muted)
            for column, told in enumerate(row.cells):
                self._paint_cell(painter, self._cell(place, column), told)

    def _paint_cell(self, painter: QPainter, area: QRect, cell: HeatCell) -> None:
        look, c = self._look, self._look.theme.colours
        share = min(max(cell.share, 0.0), 1.0)
        paint.rounded(painter, area, look.px(4), mixed(c.sunken, c.brand, share))
        colour = c.white if share > _WHITE_FROM else c.text
        paint.text(painter, area, cell.words, look.font(look.theme.type.secondary), colour, paint.CENTRE)

    def _left(self) -> int:
        """Where the cells begin: beside the longest name."""
        metrics = QFontMetrics(self._look.font(self._look.theme.type.secondary))
        small = QFontMetrics(self._look.font(self._look.theme.type.tag))
        names = [metrics.horizontalAdvance(row.name) for row in self._rows]
        return max([*names, small.horizontalAdvance(self._corner)], default=0) + self._look.px(_NAMES_PX)

    def _cell(self, row: int, column: int) -> QRect:
        left, head, gap = self._left(), self._look.px(_HEAD_PX), self._look.px(_GAP_PX)
        width = (self.width() - left) / max(1, len(self._columns))
        high = min((self.height() - head) / max(1, len(self._rows)), self._look.px(_ROW_MOST_PX))
        x, y = round(left + width * column), round(head + high * row)
        return QRect(x, y, round(width) - gap, round(high) - gap)


def mixed(first: str, second: str, share: float) -> str:
    """The colour so far from the first to the second."""
    one, other = QColor(first), QColor(second)
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    red, green, blue = (round(a + (b - a) * share) for a, b in pairs)
    return QColor(red, green, blue).name()
