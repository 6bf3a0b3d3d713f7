"""Buttons: icon, word and the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets import paint
from storeapp.ui.widgets.labels import repolish

_PAD = 10
_GAP = 6
_BIG = 24  # the icon of the main button


class KeyButton(QPushButton):
    """`kind` is outline, primary, danger or ghost; `action` names its key in the table, `cap` a key of its page.

    In a narrow place it first gives up its icon, then type size; only then are the words shortened.
    The mouse leaves the focus where it is, so the scan field stays ready.
    """

    def __init__(
        self,
        look: Look,
        words: str,
        icon: str = "",
        *,
        action: str = "",
        cap: str = "",
        kind: str = "outline",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self._look, self._icon_name, self._kind = look, icon, kind
        self._cap = look.cap(action) if action else cap
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)

    @property
    def cap(self) -> str:
        """The key that does the same, "" where there is none."""
        return self._cap

    def set_cap(self, cap: str) -> None:
        """The key it is reached by has changed; "" for none."""
        self._cap = cap
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: str) -> None:
        """Another look: what was the main button steps back, or comes forward again."""
        if kind != self._kind:
            self._kind = kind
            self.setProperty("kind", kind)
            repolish(self)

    def sizeHint(self) -> QSize:
        return QSize(self._needs(self._size, True), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._needs(self._look.theme.type.tag, False), super().minimumSizeHint().height())

    def clipped(self) -> bool:
        """True when not even the smallest layout shows all words."""
        return self.width() < self.minimumSizeHint().width()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        size, with_icon = self._layout()
        if self._kind == "primary":
            self._paint_centred(painter, size, with_icon)
        else:
            self._paint_spread(painter, size, with_icon)

    @property
    def _size(self) -> int:
        return self._look.theme.type.primary if self._kind == "primary" else self._look.theme.type.body

    def _tone(self) -> str:
        if not self.isEnabled():
            return "white" if self._kind == "primary" else "edge_alone"
        return {"primary": "white", "danger": "red"}.get(self._kind, "text")

    def _font(self, size: int) -> QFont:
        return self._look.font(size, bold=self._kind == "primary")

    def _needs(self, size: int, with_icon: bool) -> int:
        px = self._look.px
        width = QFontMetrics(self._font(size)).horizontalAdvance(self.text()) + 2 * px(_PAD)
        if with_icon and self._icon_name:
            width += px((_BIG if self._kind == "primary" else 20) + _GAP)
        if self._cap:
            width += paint.cap_width(self._look, self._cap) + px(_GAP)
        return width

    def _layout(self) -> tuple[int, bool]:
        sizes = self._look.theme.type
        steps = ((self._size, True), (self._size - 1, True), (self._size, False), (sizes.secondary, False))
        for size, with_icon in steps:
            if self._needs(size, with_icon) <= self.width():
                return size, with_icon
        return sizes.tag, False

    def _icon_tone(self) -> str:
        tone = self._tone()
        return "muted" if tone == "text" else tone

    def _paint_spread(self, painter: QPainter, size: int, with_icon: bool) -> None:
        px, middle = self._look.px, self.height() / 2
        left, right = px(_PAD + 2), self.width() - px(_PAD)
        if with_icon and self._icon_name:
            painter.drawPixmap(
                QPointF(left, middle - px(20) / 2), self._look.pixmap(self._icon_name, self._icon_tone())
            )
            left += px(20 + _GAP)
        if self._cap:
            right -= paint.cap(painter, self._look, QPointF(right + px(3), middle), self._cap) - px(3) + px(_GAP)
        if not (self._icon_name or self._cap):
            left, right = 0, self.width()
        area = QRect(left, 0, right - left, self.height())
        align = paint.LEFT if self._icon_name or self._cap else paint.CENTRE
        paint.text(painter, area, self.text(), self._font(size), self._look.theme.colour(self._tone()), align)

    def _paint_centred(self, painter: QPainter, size: int, with_icon: bool) -> None:
        px, middle = self._look.px, self.height() / 2
        left = max(0, (self.width() - self._needs(size, with_icon)) // 2) + px(_PAD)
        if with_icon and self._icon_name:
            painter.drawPixmap(
                QPointF(left, middle - px(_BIG) / 2), self._look.pixmap(self._icon_name, self._tone(), _BIG)
            )
            left += px(_BIG + _GAP)
        words = QFontMetrics(self._font(size)).horizontalAdvance(self.text())
        room = self.width() - left - px(_PAD)
        if self._cap:
            room -= paint.cap_width(self._look, self._cap) + px(_GAP)
        area = QRect(left, 0, min(words + 2, room), self.height())
        paint.text(painter, area, self.text(), self._font(size), self._look.theme.colour(self._tone()))
        if self._cap:
            end = left + area.width() + px(_GAP) + paint.cap_width(self._look, self._cap)
            paint.cap(painter, self._look, QPointF(end, middle), self._cap, "white")


class IconButton(QPushButton):
    """A button that is only an icon; `words` are its name for those who do not see it."""

    def __init__(self, look: Look, icon: str, words: str, *, tone: str = "muted") -> None:
        super().__init__()
        self.setProperty("kind", "icon")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setIcon(look.icon(icon, tone))
        self.setIconSize(QSize(look.px(20), look.px(20)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)


def toggle(look: Look, words: str, key: str) -> KeyButton:
    """A small one that stays down, and never takes the focus."""
    made = KeyButton(look, words, cap=key, kind="small")
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
