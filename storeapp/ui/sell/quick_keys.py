"""Quick keys: tiles for what has no barcode or is sold all day."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.sell.state import SellState, Tab, Tile
from storeapp.ui.widgets import card, paint
from storeapp.ui.widgets.buttons import IconButton
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.tabs import Tabs

COLUMNS, ROWS = 3, 5
PAGE = COLUMNS * ROWS


class TileButton(QPushButton):
    """Name above, price below, the colour of its category at the left edge."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tile: Tile | None = None
        self.setProperty("kind", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_tile(self, tile: Tile) -> None:
        if tile == self._tile:
            return
        self._tile = tile
        self.setAccessibleName(f"{tile.product.name}, {self._price(tile)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._tile is None:
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        self._paint_edge(painter, self._tile)
        look, px, product = self._look, self._look.px, self._tile.product
        c, sizes = look.theme.colours, look.theme.type
        inner = self.rect().adjusted(px(12), px(7), -px(7), -px(7))
        price = QRect(inner.x(), inner.bottom() - px(21), inner.width(), px(22))
        paint.text(painter, price, self._price(self._tile), look.font(sizes.body), c.muted)
        tag = self._tag(self._tile)
        if tag:
            paint.tag(painter, look, QPointF(inner.x(), price.y() - px(10)), tag, "amber", inner.width() + px(4))
        room = price.y() - inner.y() - (px(20) if tag else 0)
        self._paint_name(painter, QRect(inner.x(), inner.y(), inner.width(), room), product.name)

    def _paint_name(self, painter: QPainter, area: QRect, name: str) -> None:
        """One line, or two where there is room."""
        font, line = self._look.font(self._look.theme.type.body), self._look.px(22)
        metrics, colour = QFontMetrics(font), self._look.theme.colours.text
        if metrics.horizontalAdvance(name) <= area.width() or area.height() < 2 * line:
            first = QRect(area.x(), area.y(), area.width(), line)
            paint.text(painter, first, name, font, colour, elide=Qt.TextElideMode.ElideMiddle)
            return
        split = _break(metrics, name, area.width())
        for place, words in enumerate((name[:split].rstrip(), name[split:].lstrip())):
            part = QRect(area.x(), area.y() + place * line, area.width(), line)
            paint.text(painter, part, words, font, colour, elide=Qt.TextElideMode.ElideMiddle)

    def _paint_edge(self, painter: QPainter, tile: Tile) -> None:
        radius = self._look.px(10)
        path = QPainterPath()
        path.addRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(path)
        painter.fillRect(0, 0, self._look.px(4), self.height(), QColor(self._look.theme.category(tile.edge)))
        painter.restore()

    def _price(self, tile: Tile) -> str:
        price = wording.bare(tile.product.price)
        return f"{price}/{tile.product.unit}" if tile.product.weighed and tile.product.unit else price

    def _tag(self, tile: Tile) -> str:
        if tile.product.member_price is not None:
            price = wording.bare(tile.product.member_price)
            words = self._look.t("Member {price}").format(price=price)
            return words if paint.tag_width(self._look, words) <= self.width() - self._look.px(15) else price
        return self._look.t("Weighed") if tile.product.weighed else ""


def _break(metrics: QFontMetrics, name: str, width: int) -> int:
    """Where the first of two lines ends: at a blank or a bracket if one is near, never inside a number or a word."""
    end = len(name)
    while end > 1 and metrics.horizontalAdvance(name[:end]) > width:
        end -= 1
    near = max(name.rfind(" ", 0, end + 1), name.rfind("（", 0, end + 1))
    cuts_a_word = end < len(name) and _is_latin(name[end - 1]) and _is_latin(name[end])
    if near >= end // 2 or (near > 0 and (cuts_a_word or name[end : end + 1] == "）")):
        return near
    return end


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


class QuickKeys(QFrame):
    """`tab_chosen` brings the number of a tab, `tile_chosen` the code of a product."""

    tab_chosen = Signal(int)
    tile_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        self._tabs = Tabs(look)
        self._tabs.chosen.connect(self.tab_chosen)
        self._tiles: tuple[Tile, ...] = ()
        self._page = 0
        self._buttons = [self._button(place) for place in range(PAGE)]
        self._shown: tuple[tuple[Tab, ...], int] = ((), 0)
        outer = card.column(look, self, margin=(12, 8, 12, 12), gap=8)
        outer.addWidget(self._tabs)
        outer.addWidget(self._grid(), 1)
        self._empty = label(
            look.t("No quick keys yet. The owner chooses them in the settings."), "body", "faint", wrap=True
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(self._empty, 1)
        outer.addWidget(self._pager())

    def show_state(self, state: SellState) -> None:
        if (state.tabs, state.tab) == self._shown:
            return
        self._shown = (state.tabs, state.tab)
        self._tabs.show_tabs([tab.words for tab in state.tabs], state.tab)
        self._tiles = state.tabs[state.tab].tiles if state.tabs else ()
        self._page = 0
        self._empty.setVisible(not state.tabs)
        self._host.setVisible(bool(state.tabs))
        self._tabs.setVisible(bool(state.tabs))
        self._show_page()

    def _button(self, place: int) -> TileButton:
        made = TileButton(self._look)
        made.clicked.connect(lambda: self._choose(place))
        return made

    def _grid(self) -> QWidget:
        self._host = QWidget()
        grid = QGridLayout(self._host)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._look.px(8))
        for place, button in enumerate(self._buttons):
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        return self._host

    def _pager(self) -> QWidget:
        self._turner = QWidget()
        self._earlier = IconButton(self._look, "chevron-left", self._look.t("Earlier tiles"))
        self._later = IconButton(self._look, "chevron-right", self._look.t("More tiles"))
        self._where = label("", "secondary", "muted")
        layout = card.row(self._look, self._turner)
        layout.addWidget(self._earlier)
        layout.addStretch(1)
        layout.addWidget(self._where)
        layout.addStretch(1)
        layout.addWidget(self._later)
        self._earlier.clicked.connect(lambda: self._turn(-1))
        self._later.clicked.connect(lambda: self._turn(1))
        return self._turner

    def _turn(self, by: int) -> None:
        self._page += by
        self._show_page()

    def _show_page(self) -> None:
        pages = max(1, -(-len(self._tiles) // PAGE))
        here = self._tiles[self._page * PAGE : (self._page + 1) * PAGE]
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(here))
            if place < len(here):
                button.show_tile(here[place])
        self._turner.setVisible(pages > 1)
        self._earlier.setEnabled(self._page > 0)
        self._later.setEnabled(self._page + 1 < pages)
        self._where.setText(f"{self._page + 1} / {pages}")

    def _choose(self, place: int) -> None:
        self.tile_chosen.emit(self._tiles[self._page * PAGE + place].product.code)
