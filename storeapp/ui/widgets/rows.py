"""A list of rows, each with two lines on the left and two on the right; quick with thousands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from storeapp.ui.look import Look
from storeapp.ui.widgets import paint

ROW_PX = 56
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """`id` comes back when the row is chosen; the tag stands after the detail."""

    id: str
    title: str
    detail: str = ""
    right: str = ""
    right_detail: str = ""
    tag: str = ""
    tag_tone: str = "amber"
    icon: str = ""

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.detail, self.tag, self.right, self.right_detail) if part)


class RowModel(QAbstractListModel):
    """Rows as they were given."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return None


class RowDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, model: RowModel) -> None:
        super().__init__()
        self._look, self._model = look, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._look.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, row = self._look, self._model.rows[index.row()]
        area: QRect = option.rect
        painter.save()
        self._ground(painter, area, bool(option.state & QStyle.StateFlag.State_Selected))
        left, right = area.left() + look.px(16), area.right() - look.px(14)
        if row.icon:
            top = area.center().y() - look.px(11)
            painter.drawPixmap(QPointF(left, top), look.pixmap(row.icon, "muted", 22))
            left += look.px(36)
        right_width = self._right(painter, row, area, right)
        self._left(painter, row, area, left, right - right_width - look.px(12))
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, chosen: bool) -> None:
        c = self._look.theme.colours
        if chosen:
            painter.fillRect(area, QColor(c.tint))
            painter.fillRect(area.x(), area.y(), self._look.px(4), area.height(), QColor(c.brand))
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())

    def _halves(self, area: QRect, left: int, right: int, two: bool) -> tuple[QRect, QRect]:
        """The upper and the lower line; a single line stands in the middle."""
        look = self._look
        if not two:
            whole = QRect(left, area.y(), right - left, area.height())
            return whole, whole
        upper = QRect(left, area.y() + look.px(7), right - left, look.px(22))
        return upper, QRect(left, area.y() + look.px(30), right - left, look.px(19))

    def _right(self, painter: QPainter, row: Row, area: QRect, right: int) -> int:
        look, c, sizes = self._look, self._look.theme.colours, self._look.theme.type
        upper, lower = self._halves(area, right - look.px(200), right, bool(row.right_detail))
        width = paint.text(painter, upper, row.right, look.font(sizes.name, True), c.text, paint.RIGHT)
        if row.right_detail:
            below = paint.text(painter, lower, row.right_detail, look.font(sizes.secondary), c.faint, paint.RIGHT)
            width = max(width, below)
        return width

    def _left(self, painter: QPainter, row: Row, area: QRect, left: int, right: int) -> None:
        look, c, sizes = self._look, self._look.theme.colours, self._look.theme.type
        upper, lower = self._halves(area, left, right, bool(row.detail or row.tag))
        middle = Qt.TextElideMode.ElideMiddle
        paint.text(painter, upper, row.title, look.font(sizes.name), c.text, paint.LEFT, middle)
        width = paint.text(painter, lower, row.detail, look.font(sizes.secondary), c.faint) if row.detail else 0
        if row.tag:
            start = left + width + (look.px(8) if width else 0)
            at = QPointF(start, lower.center().y() + 1)
            paint.tag(painter, look, at, row.tag, row.tag_tone, max(0, right - start))


def only_shown(rows: QListView, words: str) -> None:
    """Rows of one height that nobody edits, moved smoothly and only up and down."""
    rows.setAccessibleName(words)
    rows.setUniformItemSizes(True)
    rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    rows.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class RowList(QListView):
    """`chosen` brings the id of a row, by click or by Enter; the arrows move."""

    chosen = Signal(str)

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._rows = RowModel()
        self.setModel(self._rows)
        self._delegate = RowDelegate(look, self._rows)
        self.setItemDelegate(self._delegate)
        only_shown(self, words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._choose)

    def show_rows(self, rows: Sequence[Row], selected: int = 0) -> None:
        if self._rows.rows != tuple(rows):
            self._rows.show_rows(rows)
        if rows:
            self.setCurrentIndex(self._rows.index(min(selected, len(rows) - 1), 0))

    def show_quietly(self, rows: Sequence[Row], selected: int = 0) -> None:
        """The same, and nobody hears of it: a state that is drawn chooses nothing."""
        model = self.selectionModel()
        blocked = model.blockSignals(True)
        self.show_rows(rows, selected)
        model.blockSignals(blocked)
        # the list itself heard nothing either
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # `activated` comes with a click too on some desktops, and would choose twice
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose_current()
        else:
            super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Up and down from another field."""
        row = min(max(0, self.currentIndex().row() + by), self._rows.rowCount() - 1)
        self.setCurrentIndex(self._rows.index(row, 0))

    def choose_current(self) -> None:
        self._choose(self.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._rows.rows[index.row()].id)
