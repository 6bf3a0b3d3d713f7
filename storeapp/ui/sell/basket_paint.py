"""How a row of the basket is painted, and where its stepper lies."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from storeapp.ui.look import Look
from storeapp.ui.sell.basket_model import BasketModel, Index, LineRow, UnknownRow
from storeapp.ui.widgets import paint

ROW_PX = 56
# right edges of the columns, counted from the right; the heads over the list use them too
TOTAL_PX, QUANTITY_PX, PRICE_PX = 12, 106, 246
NUMBER_CENTRE_PX, NAME_PX = 20, 46
_STEPPER_RIGHT_PX, _STEPPER_WIDTH_PX, _STEPPER_HEIGHT_PX = 96, 136, 44


class BasketDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, model: BasketModel) -> None:
        super().__init__()
        self._look, self._model = look, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._look.px(ROW_PX))

    def stepper(self, area: QRect) -> QRect:
        """Where the stepper of a row in `area` is painted."""
        px = self._look.px
        width, height = px(_STEPPER_WIDTH_PX), px(_STEPPER_HEIGHT_PX)
        left = area.right() + 1 - px(_STEPPER_RIGHT_PX) - width
        return QRect(left, area.y() + (area.height() - height) // 2, width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.rows[index.row()]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if isinstance(row, LineRow):
            self._ground(painter, option.rect, "tint" if selected else "", "brand")
            self._line(painter, option.rect, row, selected)
        else:
            self._ground(painter, option.rect, "red_tint", "red" if selected else "")
            self._unknown(painter, option.rect, row)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, fill: str, bar: str) -> None:
        theme = self._look.theme
        if fill:
            painter.fillRect(area, QColor(theme.colour(fill)))
        if fill and bar:
            painter.fillRect(area.x(), area.y(), self._look.px(4), area.height(), QColor(theme.colour(bar)))
        painter.setPen(QPen(QColor(theme.colours.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())

    def _line(self, painter: QPainter, area: QRect, row: LineRow, selected: bool) -> None:
        look, c, sizes, px = self._look, self._look.theme.colours, self._look.theme.type, self._look.px
        centre = QRect(area.x(), area.y(), px(2 * NUMBER_CENTRE_PX), area.height())
        paint.text(painter, centre, str(row.number), look.font(sizes.secondary + 1), c.faint, paint.CENTRE)
        price_width = paint.text(
            painter, self._ending(area, PRICE_PX, 120), row.unit_price, look.font(sizes.name), c.text, paint.RIGHT
        )
        left, right = area.x() + px(NAME_PX), area.right() + 1 - px(PRICE_PX) - price_width - px(12)
        name = QRect(left, area.y() + px(6), right - left, px(24))
        paint.text(painter, name, row.name, look.font(sizes.name), c.text, elide=Qt.TextElideMode.ElideMiddle)
        self._below(painter, area, row, left, right)
        paint.text(
            painter, self._ending(area, TOTAL_PX, 92), row.total, look.font(sizes.total, True), c.text, paint.RIGHT
        )
        if selected and row.can_step:
            self._stepper(painter, self.stepper(area), row.quantity)
        else:
            cell = self._ending(area, QUANTITY_PX, 134)
            paint.text(painter, cell, row.quantity, look.font(sizes.name), c.text, paint.RIGHT)

    def _below(self, painter: QPainter, area: QRect, row: LineRow, left: int, right: int) -> None:
        look, px = self._look, self._look.px
        code = QRect(left, area.y() + px(31), right - left, px(19))
        font = look.font(look.theme.type.secondary)
        end = left + paint.text(painter, code, row.code, font, look.theme.colours.faint)
        for tag in row.tags:
            start = end + px(8)
            if right - start < px(30):
                break
            end = start + paint.tag(painter, look, QPointF(start, code.center().y() + 1), tag, "amber", right - start)

    def _ending(self, area: QRect, right_px: int, width_px: int) -> QRect:
        """A cell of the row whose right edge is so far from the row's."""
        right, width = area.right() + 1 - self._look.px(right_px), self._look.px(width_px)
        return QRect(right - width, area.y(), width, area.height())

    def _stepper(self, painter: QPainter, area: QRect, number: str) -> None:
        look, c, sizes = self._look, self._look.theme.colours, self._look.theme.type
        paint.rounded(painter, area, look.px(8), c.surface, c.edge)
        side = area.height()
        for left, icon in ((area.left(), "minus"), (area.right() + 1 - side, "plus")):
            corner = QPointF(left + (side - look.px(18)) / 2, area.y() + (side - look.px(18)) / 2)
            painter.drawPixmap(corner, look.pixmap(icon, "text", 18))
        paint.text(painter, area.adjusted(side, 0, -side, 0), number, look.font(sizes.name, True), c.text, paint.CENTRE)

    def _unknown(self, painter: QPainter, area: QRect, row: UnknownRow) -> None:
        look, c, sizes, px = self._look, self._look.theme.colours, self._look.theme.type, self._look.px
        corner = QPointF(area.x() + px(NUMBER_CENTRE_PX - 11), area.center().y() - px(11))
        painter.drawPixmap(corner, look.pixmap("alert-circle", "red", 22))
        left = area.x() + px(NAME_PX)
        width = area.right() - left - px(12)
        title = QRect(left, area.y() + px(6), width, px(24))
        paint.text(painter, title, row.title, look.font(sizes.name, True), c.red, elide=Qt.TextElideMode.ElideMiddle)
        hint = QRect(left, area.y() + px(31), width, px(19))
        paint.text(painter, hint, row.hint, look.font(sizes.secondary), c.red)
