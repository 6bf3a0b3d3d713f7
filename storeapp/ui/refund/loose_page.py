"""The page of goods without their sale: a field and its lines on the left, what goes back in cash on the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from storeapp.domain.money import ZERO
from storeapp.domain.quantity import as_decimal
from storeapp.ui import wording
from storeapp.ui.notices import Notice, notice
from storeapp.ui.page import Page
from storeapp.ui.refund.done_view import DoneView
from storeapp.ui.refund.lines_view import LineRow, LinesHead, LinesView
from storeapp.ui.refund.loose_presenter import LoosePresenter
from storeapp.ui.refund.loose_state import LooseLine, LooseState
from storeapp.ui.refund.panel import GivesBack, SaidBox
from storeapp.ui.refund.reasons import REASON_KEYS, ReasonGrid
from storeapp.ui.refund.state import OWN
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton, toggle
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import Elided, Picture
from storeapp.ui.window import Window

_RIGHT_PX = 404
FIELD_KEY, PAID_KEY, RECEIPT_KEY = "F1", "F8", "F10"


class LoosePage(Page):
    """Draws one LooseState. Enter takes what is typed, gives back, and ends it. `left` tells that the page is away.

    `receipt_wanted`: there is a receipt after all.
    """

    left = Signal()
    receipt_wanted = Signal()

    def __init__(self, window: Window, presenter: LoosePresenter, *, beep: Callable[[], None]) -> None:
        super().__init__(window, window.look.t("Refund"), "receipt-refund")
        self._window, self._presenter, self.beep = window, presenter, beep
        look = self.look
        self._lines, self._finished = LinesView(look), DoneView(look)
        self._field = Field(look, look.t("Scan the goods, or type their code or name"), most=60)
        self._back, self._said, self._reasons = GivesBack(look), SaidBox(look), ReasonGrid(look)
        self._steps = QStackedWidget()
        self._open = self._opened()
        for part in (self._open, self._finished):
            self._steps.addWidget(part)
        self.body.addWidget(self._steps, 1)
        self._connect()
        self.setFocusProxy(self._field)
        presenter.bind(self)

    def take_scan(self, code: str) -> bool:
        is_taken = self._presenter.take(code)
        if is_taken and self._presenter.state.lines:
            # the next digit is how many
            self._lines.setFocus()
        return is_taken

    def may_leave(self) -> bool:
        return self._presenter.leave()

    def show_state(self, state: LooseState) -> None:
        if state.step == "goods":
            self._show_goods(state)
            self._steps.setCurrentWidget(self._open)
        elif state.done is not None and self._steps.currentWidget() is not self._finished:
            self._finished.show_refund(state.done)
            self._steps.setCurrentWidget(self._finished)
            self.setFocusProxy(self._finished)
            self._finished.setFocus()

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def done(self, word: str) -> None:
        if word == "resumed":
            self._window.show_notice(Notice(self.look.t("The refund you had begun is here again."), "done"))

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
        presenter, lines, reasons = self._presenter, self._lines, self._reasons
        self._field.submitted.connect(self._take)
        lines.moved.connect(presenter.move)
        lines.picked.connect(presenter.select)
        lines.stepped.connect(presenter.step)
        lines.typed.connect(lambda char: presenter.type(char) if char else presenter.rub())
        lines.confirmed.connect(presenter.give_back)
        lines.restock_wanted.connect(presenter.toggle_restock)
        reasons.chosen.connect(self._choose_reason)
        reasons.typed.connect(presenter.type_reason)
        reasons.ended.connect(lines.setFocus)
        self._finished.confirmed.connect(presenter.close)
        for stored, key in REASON_KEYS.items():
            self.on_key(key, partial(self._choose_reason, stored))
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

    def _choose_reason(self, stored: str) -> None:
        self._presenter.choose_reason(stored)
        state = self._presenter.state
        if state.step == "goods" and state.reason == OWN:
            self._reasons.type_reason()
        elif state.step == "goods" and state.lines:
            self._lines.setFocus()

    def _opened(self) -> QWidget:
        host = QWidget()
        row = card.row(self.look, host, gap=12)
        row.addWidget(self._left(), 1)
        row.addWidget(self._right())
        return host

    def _left(self) -> QFrame:
        look, _ = self.look, self.look.t
        made = card.frame("card")
        outer = card.column(look, made, margin=1, gap=0)
        head = card.row(look, margin=(15, 8, 10, 8), gap=10)
        head.addWidget(Picture(look, "receipt-refund", "muted", 24))
        texts = card.column(look, gap=1)
        self._title, self._about = Elided("", "name", strong=True), Elided("", "secondary", "muted")
        texts.addWidget(self._title)
        texts.addWidget(self._about)
        head.addLayout(texts, 1)
        there = KeyButton(look, _("Another receipt"), "search", cap=RECEIPT_KEY)
        there.setSizePolicy(there.sizePolicy().Policy.Fixed, there.sizePolicy().Policy.Fixed)
        there.clicked.connect(self.receipt_wanted)
        head.addWidget(there)
        outer.addLayout(head)
        typed = card.row(look, margin=(15, 4, 15, 10))
        typed.addWidget(self._field)
        outer.addLayout(typed)
        outer.addWidget(LinesHead(look, (_("Price today"), _("Was paid"), _("Back now"), _("Amount"))))
        outer.addWidget(self._lines, 1)
        below = card.row(look, margin=(10, 8, 10, 10), gap=8)
        self._paid = toggle(look, _("What the receipt says"), PAID_KEY)
        self._paid.clicked.connect(self._type_paid)
        self._scrap = KeyButton(look, _("Scrap it"), "trash", cap="S")
        self._scrap.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scrap.clicked.connect(self._presenter.toggle_restock)
        for button in (self._paid, self._scrap):
            below.addWidget(button, 1)
        outer.addLayout(below)
        return made

    def _right(self) -> QFrame:
        look = self.look
        made = card.frame("card")
        made.setFixedWidth(look.px(_RIGHT_PX))
        outer = card.column(look, made, margin=14, gap=10)
        outer.addWidget(self._back)
        outer.addWidget(self._said)
        outer.addStretch(1)
        outer.addWidget(self._reasons)
        self._confirm = KeyButton(look, "", "receipt-refund", cap="Enter", kind="primary")
        self._confirm.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._confirm.clicked.connect(self._presenter.give_back)
        outer.addWidget(self._confirm)
        return made

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
        self._scrap.setEnabled(line is not None)
        is_scrapped = line is not None and not state.restocks(line)
        self._scrap.setText(_("Back on the shelf") if is_scrapped else _("Scrap it"))
        self._back.show_back((), ZERO) if plan is None else self._back.show_back(plan.tenders, plan.total)
        hint = _("Scan what comes back, then + or a number. Money goes back in cash.")
        self._said.show_said(state.refused, None if plan is None else plan.missing, hint)
        self._reasons.show_reason(state.reason, state.own_reason, is_listed=state.is_listed, is_saving=state.is_saving)
        self._confirm.setEnabled(plan is not None and not state.is_saving)
        self._confirm.setText(_("One moment…") if state.is_saving else _("Give back"))

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
