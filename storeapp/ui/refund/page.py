"""The page of refunds: the receipt and its lines on the left, what goes back for them on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from storeapp.domain.quantity import as_decimal
from storeapp.ui import wording
from storeapp.ui.refund.back_page import BackPage
from storeapp.ui.refund.find_view import FindView
from storeapp.ui.refund.lines_view import LineRow, LinesHead
from storeapp.ui.refund.panel import CASH_KEY, VOID_KEY, RefundPanel
from storeapp.ui.refund.presenter import RefundPresenter
from storeapp.ui.refund.state import BackLine, RefundState
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.window import Window

ANOTHER_KEY, EXCHANGE_KEY = "F1", "F10"


class RefundPage(BackPage):
    """Draws one RefundState. Enter opens a receipt too. `loose_wanted`: goods come back that have no receipt."""

    loose_wanted = Signal()
    _presenter: RefundPresenter
    _panel: RefundPanel

    def __init__(self, window: Window, presenter: RefundPresenter, *, beep: Callable[[], None]) -> None:
        super().__init__(window, presenter, RefundPanel(window.look), beep=beep)
        self._find = FindView(self.look)
        self._fill()
        for part in (self._find, self._open, self._finished):
            self._steps.addWidget(part)
        self._connect()
        self.setFocusProxy(self._find)
        presenter.bind(self)

    def take_scan(self, code: str) -> bool:
        return self._presenter.scan(code)

    def show_state(self, state: RefundState) -> None:
        before = self._steps.currentWidget()
        if state.step == "find":
            self._find.show_finding(state.finding)
            self._steps.setCurrentWidget(self._find)
        elif state.step == "lines":
            self._show_lines(state)
            self._steps.setCurrentWidget(self._open)
        elif state.done is not None:
            self._finished.show_refund(state.done, state.sent, state.paid_out)
            self._steps.setCurrentWidget(self._finished)
        if self._steps.currentWidget() is not before:
            focus = {"find": self._find, "lines": self._lines, "done": self._finished}[state.step]
            self.setFocusProxy(focus)
            focus.setFocus()

    # inside

    def _connect(self) -> None:
        presenter, find, panel = self._presenter, self._find, self._panel
        find.typed.connect(presenter.search)
        find.moved.connect(presenter.move)
        find.picked.connect(presenter.pick)
        find.confirmed.connect(presenter.choose)
        find.loose_wanted.connect(self.loose_wanted)
        self._lines.all_wanted.connect(presenter.everything)
        panel.void_wanted.connect(presenter.toggle_void)
        panel.cash_wanted.connect(presenter.toggle_in_cash)
        for key, deed in (
            (VOID_KEY, self._void_or_loose),
            (CASH_KEY, presenter.toggle_in_cash),
            (ANOTHER_KEY, presenter.another),
            (EXCHANGE_KEY, presenter.take_others),
        ):
            self.on_key(key, deed)

    def _void_or_loose(self) -> None:
        """One key: with a receipt open its sale is undone, before that there is none."""
        if self._presenter.state.step == "find":
            self.loose_wanted.emit()
        else:
            self._presenter.toggle_void()

    def _fill(self) -> None:
        look, _ = self.look, self.look.t
        another = KeyButton(look, _("Another receipt"), "search", cap=ANOTHER_KEY)
        another.clicked.connect(self._presenter.another)
        self._all = KeyButton(look, _("All of it"), "check", cap="A")
        self._all.clicked.connect(self._presenter.everything)
        exchange = KeyButton(look, _("Take other goods"), "refresh", cap=EXCHANGE_KEY)
        exchange.clicked.connect(self._presenter.take_others)
        self._fill_open(self._left("receipt", another, LinesHead(look), (self._all, self._scrap, exchange)))

    def _show_lines(self, state: RefundState) -> None:
        words, sale = self.look.words, state.sale
        if sale is None:
            return
        self._title.setText(sale.receipt)
        parts = (wording.moment(sale.at), state.cashier, state.member, wording.tender_names(sale.tenders, words))
        self._about.setText(" · ".join(part for part in (*parts, wording.money(sale.due)) if part))
        amounts = {} if state.plan is None else {line.line: line.amount for line in state.plan.lines}
        rows = []
        for line in state.lines:
            amount = amounts.get(line.sold.number)
            rows.append(self._row(line, "" if amount is None else wording.bare(amount), state))
        self._lines.show_rows(tuple(rows), state.selected)
        chosen = state.line
        self._show_scrap(
            can=chosen is not None and chosen.left_milli > 0,
            is_scrapped=chosen is not None and not state.restocks(chosen),
        )
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
