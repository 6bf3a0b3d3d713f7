"""The basket: its head, its rows and what can be done with them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QListView, QSizePolicy, QWidget

from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import sentence
from storeapp.ui.sell import basket_paint
from storeapp.ui.sell.banner import Banner
from storeapp.ui.sell.basket_model import BasketModel
from storeapp.ui.sell.basket_paint import BasketDelegate
from storeapp.ui.sell.nearly import gift_said
from storeapp.ui.sell.state import SellState
from storeapp.ui.widgets import card, paint
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import label, tag
from storeapp.ui.widgets.overlay_bar import OverlayBar
from storeapp.ui.widgets.rows import only_shown
from storeapp.words import N_

# what stands below the basket: action, words, icon, look
BUTTONS = (
    ("quantity", N_("Set qty"), "hash", "outline"),
    ("price", N_("Price"), "edit", "outline"),
    ("discount", N_("Discount"), "percentage", "outline"),
    ("delete", N_("Delete"), "trash", "danger"),
    ("park", N_("Park"), "player-pause", "outline"),
    ("recall", N_("Recall"), "player-play", "outline"),
    ("note", N_("Note"), "note", "outline"),
    ("clear", N_("Clear"), "x", "danger"),
)


class BasketView(QListView):
    """`picked` is a row from 0, `stepped` a row and +1 or -1."""

    picked = Signal(int)
    stepped = Signal(int, int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.rows = BasketModel(look)
        self._delegate = BasketDelegate(look, self.rows)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        only_shown(self, look.t("Basket"))
        # a bar beside the rows would push the columns out from under their heads: ours lies over the edge
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = OverlayBar(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows work from the scan field

    def show_state(self, state: SellState) -> None:
        grown = state.rows > self.rows.rowCount()
        self.rows.show_state(state)
        index = self.rows.index(state.selected, 0) if state.selected >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        if grown:
            # the red rows stand last, so the end shows both them and the newest line
            self.scrollToBottom()
        if index.isValid():
            self.scrollTo(index)
        if grown and state.rows == 1:
            self.viewport().update()  # the words of the empty basket were painted all over it

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        area: QRect = self._delegate.stepper(self.visualRect(index))
        at = event.position().toPoint()
        row = self.rows.rows[index.row()]
        if index == self.currentIndex() and getattr(row, "can_step", False) and area.contains(at):
            self.stepped.emit(index.row(), -1 if at.x() < area.center().x() else 1)
        else:
            self.picked.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # two quick taps on the stepper are two steps
        self.mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.rows.rowCount() == 0:
            painter = QPainter(self.viewport())
            self._paint_empty(painter)
            painter.end()

    def _paint_empty(self, painter: QPainter) -> None:
        look, area = self._look, self.viewport().rect()
        middle = area.center()
        painter.drawPixmap(middle.x() - look.px(28), middle.y() - look.px(76), look.pixmap("barcode", "edge", 56))
        sizes, c = look.theme.type, look.theme.colours
        title = QRect(0, middle.y() - look.px(8), area.width(), look.px(26))
        paint.text(painter, title, look.t("Scan the first item"), look.font(sizes.name), c.muted, paint.CENTRE)
        below = title.translated(0, look.px(28))
        said = look.t("or type its name, its code or its pinyin initials")
        paint.text(painter, below, said, look.font(sizes.secondary), c.faint, paint.CENTRE)


class ColumnHeads(QFrame):
    """The heads of the columns, right over their numbers."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "head")
        self.setFixedHeight(look.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look, px = self._look, self._look.px
        _ = look.t
        painter = QPainter(self)
        font, colour = look.font(look.theme.type.secondary), look.theme.colours.muted
        whole = self.rect()
        number = QRect(0, 0, px(2 * basket_paint.NUMBER_CENTRE_PX), whole.height())
        paint.text(painter, number, "#", font, colour, paint.CENTRE)
        name = whole.adjusted(px(basket_paint.NAME_PX), 0, -px(basket_paint.PRICE_PX + 90), 0)
        paint.text(painter, name, _("Item"), font, colour)
        columns = (
            (basket_paint.PRICE_PX, _("Unit price")),
            (basket_paint.QUANTITY_PX, _("Qty")),
            (basket_paint.TOTAL_PX, _("Subtotal")),
        )
        for right, words in columns:
            paint.text(painter, whole.adjusted(0, 0, -px(right), 0), words, font, colour, paint.RIGHT)
        painter.end()


class BasketCard(QFrame):
    """`acted` brings the id of an action from the table of keys."""

    acted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        self._count = tag()
        self._undo = KeyButton(look, look.t("Undo"), "arrow-back-up", action="undo", kind="ghost")
        fixed = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        fixed.setRetainSizeWhenHidden(True)  # else the list jumps with the first line
        self._undo.setSizePolicy(fixed)
        self._undo.clicked.connect(lambda: self.acted.emit("undo"))
        head = card.row(look, margin=(12, 3, 4, 3), gap=8)
        head.addWidget(label(look.t("This basket"), "name", strong=True))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._undo)
        self.view = BasketView(look)
        outer = card.column(look, self, margin=1, gap=0)
        outer.addLayout(head)
        outer.addWidget(ColumnHeads(look))
        # what was scanned keeps its price until somebody takes the new one
        self._changed = self._banner(
            "new_prices", N_("New prices"), icon="alert-triangle", ground="warning", tone="amber"
        )
        self._gift = self._banner("gift", N_("Add the gift"), icon="gift", ground="tinted", tone="brand")
        self._traded = self._banner("refund", N_("Change"), icon="receipt-refund", ground="tinted", tone="brand")
        outer.addWidget(self._traded)
        outer.addWidget(self._changed)
        outer.addWidget(self._gift)
        outer.addWidget(self.view, 1)
        self._buttons: dict[str, KeyButton] = {}
        outer.addWidget(self._actions())

    def show_state(self, state: SellState) -> None:
        _ = self._look.t
        lines = len(state.priced.lines)
        counted = self._look.words.n("{lines} line · {pieces} pcs", "{lines} lines · {pieces} pcs", lines)
        self._count.setText(counted.format(lines=lines, pieces=state.pieces))
        self._count.setVisible(not state.is_empty)
        self._undo.setVisible(state.can_undo)
        recall = _("Recall {count}").format(count=state.parked) if state.parked else _("Recall")
        self._buttons["recall"].setText(recall)
        self._buttons["recall"].setEnabled(state.parked > 0)
        for action in ("quantity", "price", "discount", "note"):
            self._buttons[action].setEnabled(state.selected_line is not None)
        self._buttons["delete"].setEnabled(state.selected >= 0)
        self._changed.say(self._price_changes(state))
        self._traded.say(self._brought_back(state))
        self._gift.say("" if state.gift is None else gift_said(state.gift, self._look.words))
        for action in ("park", "clear"):
            self._buttons[action].setEnabled(not state.is_empty)
        self.view.show_state(state)

    def _banner(self, action: str, words: str, *, icon: str, ground: str, tone: str) -> Banner:
        made = Banner(self._look, self._look.t(words), action=action, icon=icon, ground=ground, tone=tone)
        made.pressed.connect(lambda: self.acted.emit(action))
        return made

    def _brought_back(self, state: SellState) -> str:
        trading = state.trading
        if trading is None:
            return ""
        if trading.refused is not None:
            return sentence(trading.refused, self._look.words)
        said = self._look.t("Exchange {receipt}: {amount}")
        return said.format(amount=wording.money(trading.value), receipt=trading.receipt)

    def _price_changes(self, state: SellState) -> str:
        changes = state.price_changes
        if len(changes) == 1:
            [one] = changes
            return self._look.t("{name}: {before} → {now} since it was scanned").format(
                name=one.name, before=wording.bare(one.before), now=wording.bare(one.now)
            )
        said = self._look.words.n(
            "{count} line has another price since it was scanned",
            "{count} lines have other prices since they were scanned",
            len(changes),
        )
        return said.format(count=len(changes)) if changes else ""

    def _actions(self) -> QWidget:
        host = QWidget()
        grid = QGridLayout(host)
        side = self._look.px(10)
        grid.setContentsMargins(side, self._look.px(8), side, self._look.px(10))
        grid.setSpacing(self._look.px(8))
        for place, (action, words, icon, kind) in enumerate(BUTTONS):
            made = KeyButton(self._look, self._look.t(words), icon, action=action, kind=kind)
            made.clicked.connect(lambda _checked=False, action=action: self.acted.emit(action))
            grid.addWidget(made, place // 4, place % 4)
            self._buttons[action] = made
        for place in range(4):
            grid.setColumnStretch(place, 1)
        return host
