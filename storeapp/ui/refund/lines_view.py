"""The lines of a receipt with what came back of them, what comes back now, and what went back for it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from storeapp.ui.look import Look
from storeapp.ui.widgets import paint
from storeapp.ui.widgets.overlay_bar import OverlayBar
from storeapp.ui.widgets.rows import only_shown

Index = QModelIndex | QPersistentModelIndex
_ROW_PX = 60
# right edges of the columns, counted from the right; the heads over the list use them too
_AMOUNT_PX, _NOW_PX, _BEFORE_PX, _BOUGHT_PX = 14, 124, 280, 366
_NUMBER_PX, _NAME_PX = 20, 46
_STEPPER_WIDTH_PX, _STEPPER_HEIGHT_PX = 144, 44
_STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line, ready to paint. `is_spent` says that nothing of it is left to bring back."""

    number: int
    name: str
    code: str
    bought: str
    before: str
    now: str
    amount: str
    tag: str
    tag_tone: str
    is_spent: bool

    @property
    def spoken(self) -> str:
        return ", ".join(
            part for part in (self.name, self.bought, self.before, self.now, self.amount, self.tag) if part
        )


class LinesModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[LineRow, ...] = ()

    def show_rows(self, rows: tuple[LineRow, ...]) -> None:
        if len(rows) != len(self.rows):
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        before, self.rows = self.rows, rows
        for place, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class LinesDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, model: LinesModel) -> None:
        super().__init__()
        self._look, self._model = look, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._look.px(_ROW_PX))

    def stepper(self, area: QRect) -> QRect:
        """Where the stepper of the chosen row is painted."""
        px = self._look.px
        width, height = px(_STEPPER_WIDTH_PX), px(_STEPPER_HEIGHT_PX)
        left = area.right() + 1 - px(_NOW_PX) - width + px(10)
        return QRect(left, area.y() + (area.height() - height) // 2, width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, row = self._look, self._model.rows[index.row()]
        area: QRect = option.rect
        c, sizes, px = look.theme.colours, look.theme.type, look.px
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_chosen:
            painter.fillRect(area, QColor(c.tint))
            painter.fillRect(area.x(), area.y(), px(4), area.height(), QColor(c.brand))
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        number = QRect(area.x(), area.y(), px(2 * _NUMBER_PX), area.height())
        paint.text(painter, number, str(row.number), look.font(sizes.secondary + 1), c.faint, paint.CENTRE)
        self._name(painter, area, row)
        plain = c.faint if row.is_spent else c.text
        paint.text(painter, self._cell(area, _BOUGHT_PX, 84), row.bought, look.font(sizes.name), plain, paint.RIGHT)
        before = c.amber if row.before else c.faint
        paint.text(
            painter, self._cell(area, _BEFORE_PX, 84), row.before or "—", look.font(sizes.name), before, paint.RIGHT
        )
        if is_chosen and not row.is_spent:
            self._stepper(painter, self.stepper(area), row.now or "0")
        else:
            cell = self._cell(area, _NOW_PX, 134)
            strong = bool(row.now)
            paint.text(
                painter, cell, row.now or "—", look.font(sizes.name, strong), c.text if strong else c.faint, paint.RIGHT
            )
        paint.text(
            painter, self._cell(area, _AMOUNT_PX, 106), row.amount, look.font(sizes.total, True), c.text, paint.RIGHT
        )
        painter.restore()

    def _name(self, painter: QPainter, area: QRect, row: LineRow) -> None:
        look, c, sizes, px = self._look, self._look.theme.colours, self._look.theme.type, self._look.px
        left, right = area.x() + px(_NAME_PX), area.right() + 1 - px(_BOUGHT_PX + 92)
        name = QRect(left, area.y() + px(8), right - left, px(24))
        plain = c.faint if row.is_spent else c.text
        paint.text(painter, name, row.name, look.font(sizes.name), plain, elide=Qt.TextElideMode.ElideMiddle)
        code = QRect(left, area.y() + px(33), right - left, px(19))
        end = left + paint.text(painter, code, row.code, look.font(sizes.secondary), c.faint)
        if row.tag:
            at = QPointF(end + px(8), code.center().y() + 1)
            paint.tag(painter, look, at, row.tag, row.tag_tone, max(0, right - end - px(8)))

    def _stepper(self, painter: QPainter, area: QRect, number: str) -> None:
        look, c, sizes = self._look, self._look.theme.colours, self._look.theme.type
        paint.rounded(painter, area, look.px(8), c.surface, c.brand, look.px(2))
        side = area.height()
        for left, icon in ((area.left(), "minus"), (area.right() + 1 - side, "plus")):
            corner = QPointF(left + (side - look.px(18)) / 2, area.y() + (side - look.px(18)) / 2)
            painter.drawPixmap(corner, look.pixmap(icon, "text", 18))
        paint.text(painter, area.adjusted(side, 0, -side, 0), number, look.font(sizes.name, True), c.text, paint.CENTRE)

    def _cell(self, area: QRect, right_px: int, width_px: int) -> QRect:
        right, width = area.right() + 1 - self._look.px(right_px), self._look.px(width_px)
        return QRect(right - width, area.y(), width, area.height())


class LinesHead(QFrame):
    """The heads of the columns, right over their numbers; `heads` are other words for the four of them."""

    def __init__(self, look: Look, heads: tuple[str, str, str, str] | None = None) -> None:
        super().__init__()
        self._look, _ = look, look.t
        self._heads = heads or (_("Bought"), _("Back before"), _("Back now"), _("Amount"))
        self.setProperty("kind", "head")
        self.setFixedHeight(look.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look, px, _ = self._look, self._look.px, self._look.t
        painter = QPainter(self)
        font, colour, whole = look.font(look.theme.type.secondary), look.theme.colours.muted, self.rect()
        paint.text(painter, whole.adjusted(px(_NAME_PX), 0, -px(_BOUGHT_PX + 92), 0), _("Item"), font, colour)
        for right, words in zip((_BOUGHT_PX, _BEFORE_PX, _NOW_PX, _AMOUNT_PX), self._heads, strict=True):
            paint.text(painter, whole.adjusted(0, 0, -px(right), 0), words, font, colour, paint.RIGHT)
        painter.end()


class LinesView(QListView):
    """The arrows choose and step, digits are a quantity; Enter and letters are told by their names.

    `picked` brings a row, `stepped` +1 or -1, `typed` a digit, the point, or "" for backspace.
    """

    picked = Signal(int)
    moved = Signal(int)
    stepped = Signal(int)
    typed = Signal(str)
    confirmed = Signal()
    all_wanted = Signal()
    restock_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._rows = LinesModel()
        self._delegate = LinesDelegate(look, self._rows)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        only_shown(self, look.t("What is brought back"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = OverlayBar(self)
        # with a Chinese input method on, digits would pick candidates
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def show_rows(self, rows: tuple[LineRow, ...], selected: int) -> None:
        self._rows.show_rows(rows)
        index = self._rows.index(selected, 0)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MOVES:
            self.moved.emit(_MOVES[key])
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif event.text() and event.text() in "0123456789.":
            self.typed.emit(event.text())
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.typed.emit("")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.confirmed.emit()
        elif key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.all_wanted.emit()
        elif key == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.restock_wanted.emit()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if not index.isValid():
            return
        stepper = self._delegate.stepper(self.visualRect(index))
        if index == self.currentIndex() and stepper.contains(at):
            self.stepped.emit(-1 if at.x() < stepper.center().x() else 1)
        else:
            self.picked.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # two quick taps on the stepper are two steps
        self.mousePressEvent(event)
