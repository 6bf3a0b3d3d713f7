"""The page of goods without their sale: a field and its lines on the left, what goes back in cash on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from storeapp.domain.money import ZERO
from storeapp.domain.quantity import as_decimal
from storeapp.ui import wording
from storeapp.ui.refund.back_page import BackPage
from storeapp.ui.refund.lines_view import LineRow, LinesHead
from storeapp.ui.refund.loose_presenter import LoosePresenter
from storeapp.ui.refund.loose_state import LooseLine, LooseState
from storeapp.ui.refund.panel import BackPanel
from storeapp.ui.widgets.buttons import KeyButton, toggle
from storeapp.ui.widgets.field import Field
from storeapp.ui.window import Window

FIELD_KEY, PAID_KEY, RECEIPT_KEY = "F1", "F8", "F10"


class LoosePage(BackPage):
    """Draws one LooseState. Enter takes what is typed too. `receipt_wanted`: there is a receipt after all."""

    receipt_wanted = Signal()
    _presenter: LoosePresenter

    def __init__(self, window: Window, presenter: LoosePresenter, *, beep: Callable[[], None]) -> None:
        super().__init__(window, presenter, BackPanel(window.look), beep=beep)
        self._field = Field(self.look, self.look.t("Scan the goods, or type their code or name"), most=60)
        self._fill()
        for part in (self._open, self._finished):
            self._steps.addWidget(part)
        self._connect()
        self.setFocusProxy(self._field)
        presenter.bind(self)

    def take_scan(self, code: str) -> bool:
        is_taken = self._presenter.take(code)
        if is_taken and self._presenter.state.lines:
            # the next digit is how many
            self._lines.setFocus()
        return is_taken

    def show_state(self, state: LooseState) -> None:
        if state.step == "goods":
            self._show_goods(state)
            self._steps.setCurrentWidget(self._open)
        elif state.done is not None and self._steps.currentWidget() is not self._finished:
            self._finished.show_refund(state.done)
            self._steps.setCurrentWidget(self._finished)
            self.setFocusProxy(self._finished)
            self._finished.setFocus()

    # inside

    def _connect(self) -> None:
        self._field.submitted.connect(self._take)
        for key, deed in (
            (FIELD_KEY, self._field.setFocus),
            (PAID_KEY, self._type_paid),
            (RECEIPT_KEY, self.receipt_wanted.emit),
        ):
            self.on_key(key, deed)

    def _take(self) -> None:
        """Enter in the field: what is typed; with nothing typed, on to the lines."""
        typed = self._field.text().strip()
        if typed and not self._presenter.take(typed):
            return
        self._field.set_text("")
        if self._presenter.state.lines:
            self._lines.setFocus()

    def _type_paid(self) -> None:
        self._presenter.type_paid()
        self._lines.setFocus()

    def _fill(self) -> None:
        look, _ = self.look, self.look.t
        there = KeyButton(look, _("Another receipt"), "search", cap=RECEIPT_KEY)
        there.clicked.connect(self.receipt_wanted)
        self._paid = toggle(look, _("What the receipt says"), PAID_KEY)
        self._paid.clicked.connect(self._type_paid)
        head = LinesHead(look, (_("Price today"), _("Was paid"), _("Back now"), _("Amount")))
        self._fill_open(self._left("receipt-refund", there, head, (self._paid, self._scrap), above=self._field))

    def _show_goods(self, state: LooseState) -> None:
        _ = self.look.t
        plan, line = state.plan, state.line
        self._title.setText(state.receipt or _("Goods without a receipt"))
        with_receipt = _("A receipt of another till: cash, never more than the shelf asks today.")
        self._about.setText(with_receipt if state.receipt else _("Cash, at the lowest price of today."))
        amounts = {} if plan is None else {back.line: back.amount for back in plan.lines}
        named = [place for place, each in enumerate(state.lines) if each.milli]
        rows = []
        for place, each in enumerate(state.lines):
            amount = amounts.get(named.index(place) + 1) if each.milli else None
            rows.append(self._row(place, each, "" if amount is None else wording.bare(amount), state))
        self._lines.show_rows(tuple(rows), state.selected)
        self._paid.setVisible(bool(state.receipt))
        self._paid.setChecked(state.types_paid)
        self._paid.setEnabled(line is not None)
        self._show_scrap(can=line is not None, is_scrapped=line is not None and not state.restocks(line))
        self._panel.back.show_back((), ZERO) if plan is None else self._panel.back.show_back(plan.tenders, plan.total)
        hint = _("Scan what comes back, then + or a number. Money goes back in cash.")
        self._panel.show_asked(state, hint=hint, deed=_("Give back"))

    def _row(self, place: int, line: LooseLine, amount: str, state: LooseState) -> LineRow:
        _, product = self.look.t, line.product
        is_scrapped = not state.restocks(line)
        unit = "" if line.is_counted else f" {product.unit}"
        is_typed = bool(state.typed) and place == state.selected
        now, before = f"{as_decimal(line.milli)}", "" if line.paid is None else wording.bare(line.paid)
        if is_typed and state.types_paid:
            before = state.typed
        elif is_typed:
            now = state.typed
        return LineRow(
            number=place + 1,
            name=product.name,
            code=product.code,
            bought=f"{wording.bare(product.price)}{f'/{unit.strip()}' if unit else ''}",
            before=before,
            now=now,
            amount=amount,
            tag=_("scrapped") if is_scrapped else _("back on the shelf"),
            tag_tone="red" if is_scrapped else "brand",
            is_spent=False,
        )
