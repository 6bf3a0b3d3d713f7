"""Parts of the payment's sheet: the tiles of the ways to pay, what lies on the counter, the pad with its notes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton, QScrollArea, QSizePolicy, QWidget

from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.pay.state import Given, Offered, Way
from storeapp.ui.widgets import card, paint
from storeapp.ui.widgets.amount import BigAmount
from storeapp.ui.widgets.buttons import IconButton, KeyButton
from storeapp.ui.widgets.labels import RIGHT, Elided, Picture, label
from storeapp.ui.widgets.pad import NumberPad
from storeapp.words import N_

QUICK = 4
COLUMNS = 4
_ROW_PX = 46
# short enough for a tile; the long names stand on receipts and in reports
NAMES: dict[Way, str] = {
    "scan": N_("Scan"),
    "cash": N_("Cash"),
    "code_manual": N_("Our code"),
    "card": N_("Card"),
    "stored_value": N_("Value"),
    "points": N_("Points"),
    "coupon": N_("Voucher"),
    "on_account": N_("Credit"),
}
ICONS: dict[Way, str] = {
    "scan": "scan",
    "cash": "cash",
    "code_manual": "qrcode",
    "card": "credit-card",
    "stored_value": "wallet",
    "points": "star",
    "coupon": "ticket",
    "on_account": "note",
}
ACTIONS: dict[Way, str] = {
    "scan": "pay_scan",
    "cash": "cash",
    "code_manual": "paid_by_code",
    "card": "pay_card",
    "stored_value": "pay_stored",
    "points": "pay_points",
    "coupon": "pay_voucher",
    "on_account": "pay_account",
}


class Named(QWidget):
    """An amount with its name above."""

    def __init__(self, look: Look, size_px: int = 26) -> None:
        super().__init__()
        self._name = Elided("", "secondary", "muted")
        self._name.setAlignment(RIGHT)
        self._amount = BigAmount(look, "text", size_px)
        layout = card.column(look, self, gap=0)
        layout.addWidget(self._name)
        layout.addWidget(self._amount)

    def show_amount(self, words: str, amount: str, tone: str = "text") -> None:
        self._name.setText(words)
        self._amount.show_amount(amount, tone)


class WayTile(QPushButton):
    """A way to pay: icon and key above, its word below. A way that is closed for this basket is pale, not dead."""

    def __init__(self, look: Look, way: Way) -> None:
        super().__init__(look.t(NAMES[way]))
        self._look, self._way, self.is_closed = look, way, False
        self._cap = look.cap(ACTIONS[way])
        self.setProperty("kind", "way")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each has a key; the amount keeps the cursor
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_offer(self, *, closed: bool, chosen: bool) -> None:
        self.is_closed = closed
        self.setChecked(chosen)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        words = self.text()
        self.setText("")
        super().paintEvent(event)
        self.setText(words)
        look, px, painter = self._look, self._look.px, QPainter(self)
        tone = "edge_alone" if self.is_closed or not self.isEnabled() else "white" if self.isChecked() else "text"
        icon = "muted" if tone == "text" else tone
        painter.drawPixmap(QPointF(px(8), px(6)), look.pixmap(ICONS[self._way], icon, 18))
        cap = "white" if self.isChecked() else "muted"
        paint.cap(painter, look, QPointF(self.width() - px(5), px(15)), self._cap, cap)
        below = QRect(px(7), px(25), self.width() - px(9), self.height() - px(28))
        font = look.font(look.theme.type.secondary, True)
        if QFontMetrics(font).horizontalAdvance(words) > below.width():
            # one long word: smaller, and still whole
            font = look.font(look.theme.type.tag, True)
        paint.text(painter, below, words, font, look.theme.colour(tone))
        painter.end()


class WayTiles(QWidget):
    """`chosen` brings a Way."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tiles: dict[Way, WayTile] = {}
        self._shown: tuple[Way, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(6))
        for way in NAMES:
            made = WayTile(look, way)
            made.clicked.connect(lambda _checked=False, way=way: self.chosen.emit(way))
            made.hide()
            made.setParent(self)
            self._tiles[way] = made

    def show_ways(self, offers: Sequence[Offered], now: Way) -> None:
        ways = tuple(offer.way for offer in offers)
        if ways != self._shown:
            self._shown = ways
            self._lay_out()
        for offer in offers:
            self._tiles[offer.way].show_offer(closed=bool(offer.closed), chosen=offer.way == now)

    def _lay_out(self) -> None:
        for way, tile in self._tiles.items():
            self._grid.removeWidget(tile)
            tile.setVisible(way in self._shown)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, int(column < len(self._shown)))
        for place, way in enumerate(self._shown):
            self._grid.addWidget(self._tiles[way], place // COLUMNS, place % COLUMNS)


class GivenRow(QFrame):
    """One tender on the counter, with the button that takes it away again."""

    removed = Signal()

    def __init__(self, look: Look, given: Given, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "sunken")
        self.setFixedHeight(look.px(_ROW_PX))
        tender = given.tender
        icon = ICONS.get(tender.kind, "scan") if tender.kind in NAMES else "scan"
        proof = tender.ref if tender.kind in ("card", "coupon") else ""
        words = (
            look.t("Give it back: {name} {amount}") if given.is_by_provider else look.t("Take away: {name} {amount}")
        )
        self.away = IconButton(look, "x", words.format(name=name, amount=wording.money(tender.amount)), tone="muted")
        self.away.clicked.connect(self.removed)
        layout = card.row(look, self, margin=(12, 1, 1, 1), gap=8)
        layout.addWidget(Picture(look, icon, "muted"))
        layout.addWidget(Elided(f"{name} {proof}".strip(), "body"), 1)
        layout.addWidget(label(wording.money(tender.amount), "body", strong=True))
        layout.addWidget(self.away)


class GivenList(QScrollArea):
    """What was given so far, the latest on top, below the total. `removed` brings its place."""

    removed = Signal(int)
    shown = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Given, ...] = ()
        self.hide()
        self.setWidgetResizable(True)
        self.setAccessibleName(look.t("Given so far"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_given(self, given: tuple[Given, ...], *, enabled: bool) -> None:
        self.setEnabled(enabled)
        if given == self._shown:
            return
        self._shown = given
        self.setVisible(bool(given))
        self.shown.emit(bool(given))
        content = QWidget()
        lines = card.column(self._look, content, gap=6)
        for place in reversed(range(len(given))):
            row = GivenRow(self._look, given[place], wording.tender(given[place].tender.kind, self._look.words))
            row.removed.connect(lambda place=place: self.removed.emit(place))
            lines.addWidget(row)
        lines.addStretch(1)
        self.setWidget(content)
        px, rows = self._look.px, max(1, len(given))
        self.setMinimumHeight(px(_ROW_PX))
        self.setMaximumHeight(rows * px(_ROW_PX) + (rows - 1) * px(6))


class PadWithNotes(QWidget):
    """Digits for the finger, and beside them what the customer most likely hands over; one press takes it."""

    chosen = Signal(object)  # Money

    def __init__(self, look: Look, line: QLineEdit) -> None:
        super().__init__()
        self._look = look
        self._amounts: tuple[Money, ...] = ()
        self._buttons: list[KeyButton] = []
        self._notes = QWidget()
        column = card.column(look, self._notes, gap=8)
        for place in range(QUICK):
            made = KeyButton(look, "", kind="note")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            made.clicked.connect(lambda _checked=False, place=place: self.chosen.emit(self._amounts[place]))
            column.addWidget(made)
            self._buttons.append(made)
        layout = card.row(look, self, gap=8)
        layout.addWidget(NumberPad(look, line), 3)
        layout.addWidget(self._notes, 1)

    def show_amounts(self, amounts: tuple[Money, ...], due: Money) -> None:
        self._amounts = tuple(amount for amount in amounts if amount != due)[-QUICK:]
        self._notes.setVisible(bool(self._amounts))
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(self._amounts))
            if place < len(self._amounts):
                words = wording.money(self._amounts[place])
                button.setText(words.removesuffix(".00"))
                button.setAccessibleName(words)
