"""The total: the one dark block, whose number everybody reads; and the sale before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from storeapp.domain.money import ZERO, Money, total
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.sell.nearly import nearly_said
from storeapp.ui.sell.state import LastSale, SellState
from storeapp.ui.sell.trade import Trading
from storeapp.ui.widgets import card
from storeapp.ui.widgets.amount import BigAmount
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import RIGHT, Elided, label, set_tone


class TotalPanel(QFrame):
    """Before payment what is due; after it, until the next scan, the change."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "ink")
        outer = card.column(look, self, margin=(18, 12, 18, 8), gap=4)
        self._rows: list[tuple[QLabel, QLabel]] = []
        for _place in range(3):
            left, right = Elided("", "body", "ink_muted"), label("", "body", "white")
            right.setAlignment(RIGHT)
            row = card.row(look, gap=8)
            row.addWidget(left, 1)
            row.addWidget(right)
            outer.addLayout(row)
            self._rows.append((left, right))
        self._name = label("", "name", "white")
        self._amount = BigAmount(look)
        self._amount.setObjectName("amount_due")
        bottom = card.row(look, gap=8)
        bottom.addWidget(self._name, 0, Qt.AlignmentFlag.AlignBottom)
        bottom.addWidget(self._amount, 1)
        outer.addLayout(bottom)

    def show_state(self, state: SellState) -> None:
        if state.last_sale is not None and state.last_sale.just_paid:
            self._show_change(state.last_sale)
        else:
            self._show_due(state)

    def _show_due(self, state: SellState) -> None:
        _, priced = self._look.t, state.priced
        if state.trading is not None:
            self._show_trading(state, state.trading)
            return
        rows = [(_("Goods, {count} pcs").format(count=state.pieces), priced.goods, "white")]
        cuts, by_card = state.other_cuts, state.by_card
        if cuts.fen and by_card.fen and priced.coupon_discount.fen:
            # there are three rows, and the goods have one
            cuts, by_card = cuts + by_card, ZERO
        if cuts.fen:
            rows.append((_("Discounts"), -cuts, "mint"))
        if by_card.fen:
            rows.append((_("Taken by card"), -by_card, "mint"))
        if priced.coupon_discount.fen:
            rows.append((_("Coupons"), -priced.coupon_discount, "mint"))
        if state.rounding.fen and len(rows) < len(self._rows):
            rows.append((_("Rounding"), state.rounding, "mint"))
        shown = [(words, wording.money(amount), tone) for words, amount, tone in rows]
        if state.nearly is not None and state.gift is None:
            # only where a row is free: nothing moves for it
            shown.append((nearly_said(state.nearly, self._look.words), "", "white"))
        self._show_rows(shown)
        self._name.setText(_("To pay"))
        self._amount.show_amount(wording.money(state.due), "white")

    def _show_trading(self, state: SellState, trading: Trading) -> None:
        """What she takes, what she brings back, and the one difference between them."""
        _, priced = self._look.t, state.priced
        rows = [(_("Goods, {count} pcs").format(count=state.pieces), wording.money(priced.goods), "white")]
        if priced.discount.fen:
            rows.append((_("Discounts"), wording.money(-priced.discount), "mint"))
        if trading.counts.fen:
            rows.append((_("Goods brought back"), wording.money(-trading.counts), "mint"))
        if trading.to_pay.fen and trading.gives_back.fen:
            rows.append((_("Back to her account"), wording.money(trading.gives_back), "mint"))
        self._show_rows(rows)
        is_over = trading.over.fen > 0
        self._name.setText(_("To give back") if is_over else _("To pay"))
        self._amount.show_amount(wording.money(trading.over if is_over else trading.to_pay), "white")

    def _show_change(self, sale: LastSale) -> None:
        _ = self._look.t
        if sale.back:
            self._show_rows(
                [(wording.tender(t.kind, self._look.words), wording.money(t.amount), "white") for t in sale.back]
            )
            self._name.setText(_("To give back"))
            self._amount.show_amount(wording.money(total(t.amount for t in sale.back)), "mint")
            return
        given = total(tender.amount for tender in sale.tenders)
        if all(tender.kind != "cash" for tender in sale.tenders):
            # no change to think of: what was paid is the figure to see
            self._show_rows([(wording.tender_names(sale.tenders, self._look.words), wording.money(given), "white")])
            self._name.setText(_("Paid"))
            self._amount.show_amount(wording.money(sale.due), "white")
            return
        rows = [
            (_("Paid"), wording.money(sale.due), "white"),
            (wording.tender_names(sale.tenders, self._look.words), wording.money(given), "white"),
        ]
        self._show_rows(rows)
        self._name.setText(_("Change to give"))
        self._amount.show_amount(wording.money(sale.change), "mint" if sale.change.fen else "white")

    def _show_rows(self, rows: list[tuple[str, str, str]]) -> None:
        for place, (left, right) in enumerate(self._rows):
            words, amount, tone = rows[place] if place < len(rows) else ("", "", "white")
            left.setText(words)
            right.setText(amount)
            set_tone(right, tone)


class LastSaleCard(QFrame):
    """The sale before this one: its receipt is printed again, or its goods come back."""

    reprint = Signal()
    refund = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        self._title = Elided("", "body")
        self._detail = Elided("", "secondary", "muted")
        again = KeyButton(look, look.t("Reprint"), action="reprint")
        again.clicked.connect(self.reprint)
        # its place is narrow: a picture says it, its key stands on the page of keys
        back = KeyButton(look, "", "receipt-refund")
        back.setAccessibleName(look.t("Refund the last sale"))
        back.setToolTip(f"{look.t('Refund the last sale')} {look.cap('refund_last')}")
        back.clicked.connect(self.refund)
        words = card.column(look, gap=1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        layout = card.row(look, self, margin=(10, 3, 4, 3), gap=6)
        layout.addLayout(words, 1)
        back.setFixedWidth(look.px(46))
        again.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for button in (back, again):
            layout.addWidget(button)

    def show_state(self, state: SellState) -> None:
        sale = state.last_sale
        self.setVisible(sale is not None)
        if sale is None:
            return
        _ = self._look.t
        self._title.setText(_("Last {amount}").format(amount=wording.money(sale.due)))
        # the amount is read whole: the buttons give way first
        self._title.setMinimumWidth(self._title.sizeHint().width())
        names = wording.tender_names(sale.tenders, self._look.words)
        change = _("{names} · change {amount}").format(names=names, amount=wording.money(sale.change))
        self._detail.setText(change if sale.change != Money(0) else names)
