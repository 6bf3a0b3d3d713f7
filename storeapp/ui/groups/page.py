"""The page of group orders: the sheets on the left; on the right orders, what is to be bought, or the words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from storeapp.domain.group_sheet import GroupSheet, Stage
from storeapp.domain.money import Money
from storeapp.domain.pickup_code import shown
from storeapp.domain.quantity import as_decimal
from storeapp.ui import group_words, wording
from storeapp.ui.groups.presenter import NEXT, SIDES, GroupsPresenter, GroupsState, OrderRow
from storeapp.ui.groups.report import purchase_table
from storeapp.ui.list_page import ListPage
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.widgets.sheet_table import SheetTableView
from storeapp.ui.widgets.tabs import Tabs
from storeapp.ui.window import Window
from storeapp.words import N_

NEW, CHANGE, NEXT_STEP, OVER = "Ctrl+N", "Ctrl+E", "Ctrl+G", "Ctrl+K"
ORDER, PASTE, FETCH, SLIP, SLIPS, CANCEL = "F2", "F3", "F4", "F5", "F6", "F9"
PDF, BOOK, COPY = "F7", "F8", "Ctrl+C"
_GOODS_SHOWN = 42
DONE = {
    "open": N_("The sheet takes orders until its deadline."),
    "closed": N_("The sheet takes no more orders."),
    "bought": N_("Noted: what was ordered is bought."),
    "arrived": N_("What was ordered may be fetched now, by its code."),
    "over": N_("The sheet is over; names of people who are no members are gone."),
    "cancelled": N_("The order is cancelled."),
    "printing": N_("Pick-up slips are printing."),
    "copied": N_("Copied: paste it into the group."),
}
STEPS = {
    "open": N_("Take orders"),
    "closed": N_("Close it now"),
    "bought": N_("It is bought"),
    "arrived": N_("It has arrived"),
}
_TONES = {"open": "brand", "arrived": "brand", "picked": "brand", "over": "muted", "draft": "muted"}
_ORDER_TONES = {"ordered": "amber", "part": "amber", "picked": "brand", "cancelled": "muted", "no_show": "red"}


class GroupsPage(ListPage):
    """Draws one GroupsState. `edit_wanted`, `order_wanted` and `paste_wanted` bring a sheet, `fetch_wanted` a code."""

    new_wanted = Signal()
    edit_wanted = Signal(str)
    order_wanted = Signal(str)
    paste_wanted = Signal(str)
    fetch_wanted = Signal(str)

    def __init__(self, window: Window, presenter: GroupsPresenter, *, beep: Callable[[], None]) -> None:
        t = window.look.t
        super().__init__(window, t("Group orders"), "users", choose=presenter.choose, shares=(7, 16))
        self._presenter, self.beep = presenter, beep
        none = t("No group order yet. {key} writes the first sheet.")
        self.add_writing(t("New sheet"), self.new_wanted.emit, key=NEW, none=none)
        self._about = Elided("", "secondary", "muted")
        self.detail.addWidget(self._about)
        self._step = self.deed("", "player-play", presenter.go_on, key=NEXT_STEP)
        self._change = self.deed(t("Change"), "edit", partial(self._with_sheet, self.edit_wanted.emit), key=CHANGE)
        self._over = self.deed(t("End"), "x", presenter.end, key=OVER, kind="danger")
        self.add_deeds((self._step, self._change, self._over))
        self._tabs = Tabs(self.look)
        self._tabs.chosen.connect(lambda n: presenter.show_side(SIDES[n]))
        self.detail.addWidget(self._tabs)
        self._stack = QStackedWidget()
        for side in (self._orders_side(), self._buy_side(), self._words_side()):
            self._stack.addWidget(side)
        self.detail.addWidget(self._stack, 1)
        self._side_words = [t("Orders"), t("To buy"), t("Words for the group")]
        for n, (side_name, words) in enumerate(zip(SIDES, self._side_words, strict=True), start=1):
            self.on_key(f"Ctrl+{n}", partial(presenter.show_side, side_name), words=words)
        presenter.bind(self)

    @property
    def state(self) -> GroupsState:
        """What it shows."""
        return self._presenter.state

    def show_state(self, state: GroupsState) -> None:
        self.show_rows([self._row(*row) for row in state.sheets], state.chosen)
        if state.sheet is not None:
            self._show_sheet(state)

    def done(self, word: str) -> None:
        self.say(self.look.t(DONE[word]))

    def kept(self, file: str) -> None:
        self.say(self.look.t("Written to {file}.").format(file=file))

    def copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def _show_sheet(self, state: GroupsState) -> None:
        t, found = self.look.t, state.sheet
        assert found is not None
        sheet, words = found.sheet, self.look.words
        self.show_name(sheet.name, group_words.stage(found.stage, words), _TONES.get(found.stage, "amber"))
        fetched = f"{sheet.pickup_from:%m-%d %H:%M} – {sheet.pickup_until:%m-%d %H:%M}"
        parts = [
            t("until {moment}").format(moment=f"{sheet.deadline:%m-%d %H:%M}"),
            t("fetched {when}").format(when=fetched),
        ]
        if state.leader:
            parts.append(t("Leader: {name}").format(name=state.leader))
        if state.reward_fen is not None:
            parts.append(t("leader's share {amount}").format(amount=wording.money(Money(state.reward_fen))))
        self._about.setText(" · ".join(parts))
        self._tabs.show_tabs(self._side_words, SIDES.index(state.side))
        self._stack.setCurrentIndex(SIDES.index(state.side))
        self._show_orders(state)
        if state.purchase is not None:
            self._table.show_table(purchase_table(state.purchase, words), t("To buy"))
            cost = wording.money(state.purchase.cost)
            said = t("{orders} orders, {cost} to buy them").format(orders=state.purchase.orders, cost=cost)
            missing = t("{n} without a known cost").format(n=state.purchase.uncosted)
            self._cost.setText(f"{said} · {missing}" if state.purchase.uncosted else said)
        self._text.setText(state.text)
        after = NEXT.get(found.stage)
        self._step.setText(t(STEPS[after]) if after is not None else t("Nothing more to do"))
        self._step.setEnabled(after is not None and state.may_decide)
        self._change.setEnabled(state.may_decide and sheet.state != "over")
        self._over.setEnabled(state.may_decide and sheet.state != "over")
        self._over.setText(t("End it now?") if state.asking == "over" else t("End"))

    def _show_orders(self, state: GroupsState) -> None:
        codes = [row.order.code for row in state.orders]
        place = codes.index(state.order) if state.order in codes else 0
        self._orders.show_quietly([self._order_row(row) for row in state.orders], place)
        self._orders.setVisible(bool(state.orders))
        self._no_orders.setVisible(not state.orders)
        is_asking = state.asking == "cancel"
        self._cancel.setText(self.look.t("Cancel it?") if is_asking else self.look.t("Cancel the order"))

    def _row(self, sheet: GroupSheet, stage: Stage, orders: int) -> Row:
        t = self.look.t
        until = t("until {moment}").format(moment=f"{sheet.deadline:%m-%d %H:%M}")
        said, tone = group_words.stage(stage, self.look.words), _TONES.get(stage, "amber")
        return Row(sheet.sheet_id, sheet.name, "", t("{n} orders").format(n=orders), until, tag=said, tag_tone=tone)

    def _order_row(self, row: OrderRow) -> Row:
        order = row.order
        goods = " · ".join(f"{line.name} × {as_decimal(line.milli)}" for line in order.lines)
        short = goods if len(goods) <= _GOODS_SHOWN else goods[: _GOODS_SHOWN - 1] + "…"
        title = f"{order.n}. {row.name or self.look.t('no longer known')}"
        said, tone = group_words.order_stage(row.stage, self.look.words), _ORDER_TONES[row.stage]
        amount = wording.money(order.amount)
        return Row(order.code, title, short, amount, shown(order.code), tag=said, tag_tone=tone)

    def _with_sheet(self, then: Callable[[str], object]) -> None:
        if self.state.chosen:
            then(self.state.chosen)
        else:
            self.beep()

    def _fetch(self) -> None:
        if self.state.order:
            self.fetch_wanted.emit(self.state.order)
        else:
            self.beep()

    def _order_chosen(self) -> None:
        orders, row = self.state.orders, self._orders.currentIndex().row()
        if 0 <= row < len(orders):
            self._presenter.choose_order(orders[row].order.code)

    def _orders_side(self) -> QWidget:
        _, presenter = self.look.t, self._presenter
        self._orders = RowList(self.look, _("Orders"))
        self._orders.selectionModel().currentChanged.connect(lambda *_: self._order_chosen())
        self._orders.chosen.connect(lambda _code: self._fetch())
        self._no_orders = label(_("Nobody ordered yet."), "name", "muted")
        self._no_orders.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made = QWidget()
        lines = card.column(self.look, made, gap=8)
        lines.addWidget(self._orders, 1)
        lines.addWidget(self._no_orders, 1)
        order, paste = (partial(self._with_sheet, wanted.emit) for wanted in (self.order_wanted, self.paste_wanted))
        self._cancel = self.deed(_("Cancel the order"), "trash", presenter.cancel, key=CANCEL, kind="danger")
        self._add_row(
            lines,
            self.deed(_("New order"), "plus", order, key=ORDER),
            self.deed(_("The leader's list"), "file-import", paste, key=PASTE),
            self.deed(_("Hand out"), "box", self._fetch, key=FETCH),
        )
        self._add_row(
            lines,
            self.deed(_("Print the slip"), "printer", presenter.print_slips, key=SLIP),
            self.deed(_("Print all slips"), "printer", partial(presenter.print_slips, every=True), key=SLIPS),
            self._cancel,
        )
        return made

    def _buy_side(self) -> QWidget:
        made = QWidget()
        lines = card.column(self.look, made, gap=8)
        self._cost = Elided("", "body", strong=True)
        self._table = SheetTableView(self.look)
        lines.addWidget(self._cost)
        lines.addWidget(self._table, 1)
        self._add_row(
            lines,
            self.deed(self.look.t("Save PDF"), "download", partial(self._presenter.keep, "pdf"), key=PDF),
            self.deed(self.look.t("Save Excel"), "download", partial(self._presenter.keep, "xlsx"), key=BOOK),
        )
        return made

    def _words_side(self) -> QWidget:
        look = self.look
        made = QWidget()
        lines = card.column(look, made, gap=8)
        box = card.frame("sunken")
        self._text = label("", "name", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        card.column(look, box, margin=(16, 14, 16, 14)).addWidget(self._text, 1)
        lines.addWidget(box, 1)
        lines.addWidget(self.deed(look.t("Copy for the group"), "note", self._presenter.copy, key=COPY, kind="primary"))
        return made

    def _add_row(self, lines: QVBoxLayout, *buttons: KeyButton) -> None:
        row = card.row(self.look, gap=8)
        for button in buttons:
            row.addWidget(button, 1)
        lines.addLayout(row)
