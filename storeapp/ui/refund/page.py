"""The page of refunds: the receipt and its lines on the left, what goes back for them on the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from storeapp.domain.quantity import as_decimal
from storeapp.ui import wording
from storeapp.ui.notices import Notice, notice
from storeapp.ui.page import Page
from storeapp.ui.refund.done_view import DoneView
from storeapp.ui.refund.find_view import FindView
from storeapp.ui.refund.lines_view import LineRow, LinesHead, LinesView
from storeapp.ui.refund.panel import CASH_KEY, VOID_KEY, RefundPanel
from storeapp.ui.refund.presenter import RefundPresenter
from storeapp.ui.refund.reasons import REASON_KEYS
from storeapp.ui.refund.state import OWN, BackLine, RefundState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, Picture
from storeapp.ui.window import Window
from storeapp.words import N_

_RIGHT_PX = 404
ANOTHER_KEY, EXCHANGE_KEY = "F1", "F10"
DONE = {"resumed": N_("The refund you had begun is here again.")}


class RefundPage(Page):
    """Draws one RefundState. Enter opens a receipt, gives back, and ends it. `left` tells that the page is away.

    `loose_wanted`: goods come back that have no receipt.
    """

    left = Signal()
    loose_wanted = Signal()

    def __init__(self, window: Window, presenter: RefundPresenter, *, beep: Callable[[], None]) -> None:
        super().__init__(window, window.look.t("Refund"), "receipt-refund")
        self._window, self._presenter, self.beep = window, presenter, beep
        self._find, self._lines, self._panel = FindView(self.look), LinesView(self.look), RefundPanel(self.look)
        self._finished = DoneView(self.look)
        self._steps = QStackedWidget()
        self._open = self._opened()
        for part in (self._find, self._open, self._finished):
            self._steps.addWidget(part)
        self.body.addWidget(self._steps, 1)
        self._connect()
        self.setFocusProxy(self._find)
        presenter.bind(self)

    def take_scan(self, code: str) -> bool:
        return self._presenter.scan(code)

    def may_leave(self) -> bool:
        return self._presenter.leave()

    def show_state(self, state: RefundState) -> None:
        before = self._steps.currentWidget()
        if state.step == "find":
            self._find.show_finding(state.finding)
            self._steps.setCurrentWidget(self._find)
        elif state.step == "lines":
            self._show_lines(state)
            self._steps.setCurrentWidget(self._open)
        elif state.done is not None:
            self._finished.show_refund(state.done, state.sent)
            self._steps.setCurrentWidget(self._finished)
        if self._steps.currentWidget() is not before:
            focus = {"find": self._find, "lines": self._lines, "done": self._finished}[state.step]
            self.setFocusProxy(focus)
            focus.setFocus()

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def done(self, word: str) -> None:
        self._window.show_notice(Notice(self.look.t(DONE[word]), "done"))

    def gone(self) -> None:
        if self._window.page is self:
            self._window.close_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if is_enter and self._presenter.state.step == "done":
            self._presenter.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.left.emit()

    # inside

    def _connect(self) -> None:
        presenter, find, lines, panel = self._presenter, self._find, self._lines, self._panel
        find.typed.connect(presenter.search)
        find.moved.connect(presenter.move)
        find.picked.connect(presenter.pick)
        find.confirmed.connect(presenter.choose)
        find.loose_wanted.connect(self.loose_wanted)
        lines.moved.connect(presenter.move)
        lines.picked.connect(presenter.select)
        lines.stepped.connect(presenter.step)
        lines.typed.connect(lambda char: presenter.type(char) if char else presenter.rub())
        lines.confirmed.connect(presenter.give_back)
        lines.all_wanted.connect(presenter.everything)
        lines.restock_wanted.connect(presenter.toggle_restock)
        panel.reason_chosen.connect(self._choose_reason)
        panel.reason_typed.connect(presenter.type_reason)
        panel.reason_ended.connect(lines.setFocus)
        panel.void_wanted.connect(presenter.toggle_void)
        panel.cash_wanted.connect(presenter.toggle_in_cash)
        panel.confirmed.connect(presenter.give_back)
        self._finished.confirmed.connect(presenter.close)
        for stored, key in REASON_KEYS.items():
            self.on_key(key, partial(self._choose_reason, stored))
        for key, deed in (
            (VOID_KEY, self._void_or_loose),
            (CASH_KEY, presenter.toggle_in_cash),
            (ANOTHER_KEY, presenter.another),
            (EXCHANGE_KEY, presenter.take_others),
        ):
            self.on_key(key, deed)

    def _choose_reason(self, stored: str) -> None:
        self._presenter.choose_reason(stored)
        if self._presenter.state.step == "lines":
            is_typed = self._presenter.state.reason == OWN
            self._panel.type_reason() if is_typed else self._lines.setFocus()

    def _void_or_loose(self) -> None:
        """One key: with a receipt open its sale is undone, before that there is none."""
        if self._presenter.state.step == "find":
            self.loose_wanted.emit()
        else:
            self._presenter.toggle_void()

    def _opened(self) -> QWidget:
        host = QWidget()
        self._panel.setFixedWidth(self.look.px(_RIGHT_PX))
        row = card.row(self.look, host, gap=12)
        row.addWidget(self._left(), 1)
        row.addWidget(self._panel)
        return host

    def _left(self) -> QFrame:
        look, _ = self.look, self.look.t
        made = card.frame("card")
        outer = card.column(look, made, margin=1, gap=0)
        head = card.row(look, margin=(15, 8, 10, 8), gap=10)
        head.addWidget(Picture(look, "receipt", "muted", 24))
        texts = card.column(look, gap=1)
        self._number, self._about = Elided("", "name", strong=True), Elided("", "secondary", "muted")
        texts.addWidget(self._number)
        texts.addWidget(self._about)
        head.addLayout(texts, 1)
        other = KeyButton(look, _("Another receipt"), "search", cap=ANOTHER_KEY)
        other.setSizePolicy(other.sizePolicy().Policy.Fixed, other.sizePolicy().Policy.Fixed)
        other.clicked.connect(self._presenter.another)
        head.addWidget(other)
        outer.addLayout(head)
        outer.addWidget(LinesHead(look))
        outer.addWidget(self._lines, 1)
        below = card.row(look, margin=(10, 8, 10, 10), gap=8)
        self._all = KeyButton(look, _("All of it"), "check", cap="A")
        self._all.clicked.connect(self._presenter.everything)
        self._scrap = KeyButton(look, _("Scrap it"), "trash", cap="S")
        self._scrap.clicked.connect(self._presenter.toggle_restock)
        other = KeyButton(look, _("Take other goods"), "refresh", cap=EXCHANGE_KEY)
        other.clicked.connect(self._presenter.take_others)
        for button in (self._all, self._scrap, other):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            below.addWidget(button, 1)
        outer.addLayout(below)
        return made

    def _show_lines(self, state: RefundState) -> None:
        _, words, sale = self.look.t, self.look.words, state.sale
        if sale is None:
            return
        self._number.setText(sale.receipt)
        parts = (wording.moment(sale.at), state.cashier, state.member, wording.tender_names(sale.tenders, words))
        self._about.setText(" · ".join(part for part in (*parts, wording.money(sale.due)) if part))
        amounts = {} if state.plan is None else {line.line: line.amount for line in state.plan.lines}
        rows = []
        for line in state.lines:
            amount = amounts.get(line.sold.number)
            rows.append(self._row(line, "" if amount is None else wording.bare(amount), state))
        self._lines.show_rows(tuple(rows), state.selected)
        chosen = state.line
        self._scrap.setEnabled(chosen is not None and chosen.left_milli > 0)
        is_scrapped = chosen is not None and not state.restocks(chosen)
        self._scrap.setText(_("Back on the shelf") if is_scrapped else _("Scrap it"))
        self._all.setEnabled(state.kind == "refund")
        self._panel.show_state(state)

    def _row(self, line: BackLine, amount: str, state: RefundState) -> LineRow:
        _, sold = self.look.t, line.sold
        tag, tone = "", "amber"
        if line.left_milli == 0:
            tag, tone = _("all of it is back"), "muted"
        elif not state.restocks(line) and line.has_mark:
            tag, tone = _("scrapped"), "red"
        elif line.milli:
            tag, tone = _("back on the shelf"), "brand"
        now = as_decimal(line.milli) if line.milli else ""
        if state.typed and line is state.line:
            now = state.typed
        unit = "" if line.is_counted else f" {sold.unit}"
        return LineRow(
            number=sold.number,
            name=sold.name,
            code=f"{sold.code} · {wording.bare(sold.net)}",
            bought=f"{as_decimal(sold.quantity_milli)}{unit}",
            before=f"{as_decimal(line.before_milli)}{unit}" if line.before_milli else "",
            now=now,
            amount=amount,
            tag=tag,
            tag_tone=tone,
            is_spent=line.left_milli == 0,
        )
