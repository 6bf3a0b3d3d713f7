"""The page of group orders: the sheets on the left; on the right orders, what is to be bought, or the words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from storeapp.domain.group_sheet import GroupSheet, Stage
from storeapp.domain.money import Money
from storeapp.domain.pickup_code import shown
from storeapp.domain.quantity import as_decimal
from storeapp.ui import group_words, wording
from storeapp.ui.groups.presenter import NEXT, SIDES, GroupsPresenter, GroupsState, OrderRow
from storeapp.ui.groups.report import purchase_table
from storeapp.ui.notices import Notice, notice
from storeapp.ui.page import Page
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, label, set_tone, tag
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


class GroupsPage(Page):
    """Draws one GroupsState. `edit_wanted`, `order_wanted` and `paste_wanted` bring a sheet, `fetch_wanted` a code."""

    new_wanted = Signal()
    edit_wanted = Signal(str)
    order_wanted = Signal(str)
    paste_wanted = Signal(str)
    fetch_wanted = Signal(str)

    def __init__(self, window: Window, presenter: GroupsPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("Group orders"), "users")
        self._window, self._presenter, self.beep = window, presenter, beep
        columns = card.row(look, gap=12)
        columns.addWidget(self._left(), 7)
        self._detail = self._right()
        columns.addWidget(self._detail, 16)
        self.body.addLayout(columns, 1)
        keys: list[tuple[str, Callable[[], object]]] = [
            (NEW, self.new_wanted.emit),
            (CHANGE, partial(self._with_sheet, self.edit_wanted.emit)),
            (NEXT_STEP, presenter.go_on),
            (OVER, presenter.end),
            (ORDER, partial(self._with_sheet, self.order_wanted.emit)),
            (PASTE, partial(self._with_sheet, self.paste_wanted.emit)),
            (FETCH, self._fetch),
            (SLIP, presenter.print_slips),
            (SLIPS, partial(presenter.print_slips, every=True)),
            (CANCEL, presenter.cancel),
            (PDF, partial(presenter.keep, "pdf")),
            (BOOK, partial(presenter.keep, "xlsx")),
            (COPY, presenter.copy),
        ]
        for key, deed in keys:
            self.on_key(key, deed)
        for n, side in enumerate(SIDES, start=1):
            words = look.t(("Orders", "To buy", "Words for the group")[n - 1])
            self.on_key(f"Ctrl+{n}", partial(presenter.show_side, side), words=words)
        presenter.bind(self)

    @property
    def state(self) -> GroupsState:
        """What it shows."""
        return self._presenter.state

    def show_state(self, state: GroupsState) -> None:
        places = [n for n, (sheet, *_rest) in enumerate(state.sheets) if sheet.sheet_id == state.chosen]
        self._fill(self._list, [self._row(*row) for row in state.sheets], places[0] if places else 0)
        self._list.setVisible(bool(state.sheets))
        self._none.setVisible(not state.sheets)
        self.setFocusProxy(self._list if state.sheets else self._new)
        self._detail.setVisible(state.sheet is not None)
        if state.sheet is not None:
            self._show_sheet(state)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def done(self, word: str) -> None:
        self._window.show_notice(Notice(self.look.t(DONE[word]), "done"))

    def kept(self, file: str) -> None:
        self._window.show_notice(Notice(self.look.t("Written to {file}.").format(file=file), "done"))

    def copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def _show_sheet(self, state: GroupsState) -> None:
        t, found = self.look.t, state.sheet
        assert found is not None
        sheet, words = found.sheet, self.look.words
        self._name.setText(sheet.name)
        self._stage.setText(group_words.stage(found.stage, words))
        set_tone(self._stage, _TONES.get(found.stage, "amber"))
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
        self._tabs.show_tabs([t("Orders"), t("To buy"), t("Words for the group")], SIDES.index(state.side))
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
        self._fill(self._orders, [self._order_row(row) for row in state.orders], place)
        self._orders.setVisible(bool(state.orders))
        self._no_orders.setVisible(not state.orders)
        is_asking = state.asking == "cancel"
        self._cancel.setText(self.look.t("Cancel it?") if is_asking else self.look.t("Cancel the order"))

    def _fill(self, rows: RowList, shown_rows: list[Row], place: int) -> None:
        model = rows.selectionModel()
        blocked = model.blockSignals(True)
        rows.show_rows(shown_rows, place)
        model.blockSignals(blocked)
        rows.viewport().update()

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

    def _chosen(self) -> None:
        sheets, row = self.state.sheets, self._list.currentIndex().row()
        if 0 <= row < len(sheets):
            self._presenter.choose(sheets[row][0].sheet_id)

    def _order_chosen(self) -> None:
        orders, row = self.state.orders, self._orders.currentIndex().row()
        if 0 <= row < len(orders):
            self._presenter.choose_order(orders[row].order.code)

    def _left(self) -> QFrame:
        look = self.look
        self._list = RowList(look, look.t("Group orders"))
        self._list.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        said = look.t("No group order yet. {key} writes the first sheet.").format(key=NEW)
        self._none = label(said, "body", "muted", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made = card.frame("card")
        lines = card.column(look, made, margin=(1, 8, 1, 8), gap=8)
        lines.addWidget(self._list, 1)
        lines.addWidget(self._none, 1)
        self._new = KeyButton(look, look.t("New sheet"), "plus", cap=NEW, kind="primary")
        self._new.clicked.connect(self.new_wanted)
        foot = card.row(look, margin=(12, 0, 12, 4))
        foot.addWidget(self._new)
        lines.addLayout(foot)
        return made

    def _right(self) -> QFrame:
        look = self.look
        made = card.frame("card")
        lines = card.column(look, made, margin=16, gap=8)
        head = card.row(look, gap=10)
        self._name, self._stage = Elided("", "total", strong=True), tag()
        head.addWidget(self._name, 1)
        head.addWidget(self._stage)
        lines.addLayout(head)
        self._about = Elided("", "secondary", "muted")
        lines.addWidget(self._about)
        lines.addLayout(self._sheet_deeds())
        self._tabs = Tabs(look)
        self._tabs.chosen.connect(lambda n: self._presenter.show_side(SIDES[n]))
        lines.addWidget(self._tabs)
        self._stack = QStackedWidget()
        for side in (self._orders_side(), self._buy_side(), self._words_side()):
            self._stack.addWidget(side)
        lines.addWidget(self._stack, 1)
        return made

    def _sheet_deeds(self) -> QHBoxLayout:
        look, _ = self.look, self.look.t
        row = card.row(look, gap=8)
        self._step = KeyButton(look, "", "player-play", cap=NEXT_STEP)
        self._change = KeyButton(look, _("Change"), "edit", cap=CHANGE)
        self._over = KeyButton(look, _("End"), "x", cap=OVER, kind="danger")
        self._step.clicked.connect(self._presenter.go_on)
        self._change.clicked.connect(lambda: self._with_sheet(self.edit_wanted.emit))
        self._over.clicked.connect(self._presenter.end)
        for button in (self._step, self._change, self._over):
            row.addWidget(button, 1)
        return row

    def _orders_side(self) -> QWidget:
        look, _, presenter = self.look, self.look.t, self._presenter
        self._orders = RowList(look, _("Orders"))
        self._orders.selectionModel().currentChanged.connect(lambda *_: self._order_chosen())
        self._orders.chosen.connect(lambda _code: self._fetch())
        self._no_orders = label(_("Nobody ordered yet."), "name", "muted")
        self._no_orders.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._cancel = KeyButton(look, _("Cancel the order"), "trash", cap=CANCEL, kind="danger")
        self._cancel.clicked.connect(presenter.cancel)
        made = QWidget()
        lines = card.column(look, made, gap=8)
        lines.addWidget(self._orders, 1)
        lines.addWidget(self._no_orders, 1)
        first, second = card.row(look, gap=8), card.row(look, gap=8)
        for row, words, icon, cap, deed in (
            (first, _("New order"), "plus", ORDER, partial(self._with_sheet, self.order_wanted.emit)),
            (first, _("The leader's list"), "file-import", PASTE, partial(self._with_sheet, self.paste_wanted.emit)),
            (first, _("Hand out"), "box", FETCH, self._fetch),
            (second, _("Print the slip"), "printer", SLIP, presenter.print_slips),
            (second, _("Print all slips"), "printer", SLIPS, partial(presenter.print_slips, every=True)),
        ):
            button = KeyButton(look, words, icon, cap=cap)
            button.clicked.connect(lambda _checked=False, deed=deed: deed())
            row.addWidget(button, 1)
        second.addWidget(self._cancel, 1)
        lines.addLayout(first)
        lines.addLayout(second)
        return made

    def _buy_side(self) -> QWidget:
        look, _ = self.look, self.look.t
        made = QWidget()
        lines = card.column(look, made, gap=8)
        self._cost = Elided("", "body", strong=True)
        self._table = SheetTableView(look)
        lines.addWidget(self._cost)
        lines.addWidget(self._table, 1)
        row = card.row(look, gap=8)
        for words, cap, deed in (
            (look.t("Save PDF"), PDF, partial(self._presenter.keep, "pdf")),
            (look.t("Save Excel"), BOOK, partial(self._presenter.keep, "xlsx")),
        ):
            button = KeyButton(look, words, "download", cap=cap)
            button.clicked.connect(lambda _checked=False, deed=deed: deed())
            row.addWidget(button, 1)
        lines.addLayout(row)
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
        copy = KeyButton(look, look.t("Copy for the group"), "note", kind="primary", cap=COPY)
        copy.clicked.connect(self._presenter.copy)
        lines.addWidget(copy)
        return made
