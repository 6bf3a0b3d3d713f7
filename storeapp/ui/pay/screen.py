"""The payment as a side sheet: the basket and the total stay in sight beside it."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import sentence
from storeapp.ui.pay.parts import Named, PadWithNotes, WayTiles
from storeapp.ui.pay.presenter import PayPresenter
from storeapp.ui.pay.said import SaidPanel, said
from storeapp.ui.pay.state import PayState, Step
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import AmountField, Field
from storeapp.ui.widgets.own_keys import OwnKeys
from storeapp.ui.widgets.sheet import Sheet

_AMOUNT = re.compile(r"\d{0,6}([.]\d{0,2})?")
_TICK_MS = 1000
# as on the page of unclear payments
ASIDE, BACK = "F5", "F8"


class PaySheet(Sheet):
    """Draws one PayState. Enter confirms, Esc goes back to the basket; `way_chosen` brings a Way."""

    way_chosen = Signal(str)
    is_kept = True

    def __init__(self, look: Look, presenter: PayPresenter) -> None:
        super().__init__(look, look.t("Payment"), "cash-register")
        self._presenter = presenter
        self._ways = WayTiles(look)
        self._ways.chosen.connect(self.way_chosen)
        self._due, self._change = Named(look, 30), Named(look, 30)
        self._field = AmountField(look, look.t("Amount"), compact=True)
        self._field.edited.connect(presenter.type)
        self._proof = Field(look, look.t("Number"), most=40, compact=True)
        # as high as the amount beside it, or their labels stand on two lines
        self._proof.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._proof.edited.connect(presenter.prove)
        self._field.submitted.connect(presenter.confirm)
        self._proof.submitted.connect(self._proven)
        for field in (self._field, self._proof):
            field.edit.installEventFilter(self)
        self._pad = PadWithNotes(look, self._field.edit)
        self._pad.chosen.connect(presenter.confirm_amount)
        self._said = SaidPanel(look)
        self._confirm = KeyButton(look, look.t("Take payment"), "check", kind="primary")
        self._confirm.clicked.connect(presenter.confirm)
        self._again = KeyButton(look, look.t("Ask again"), "refresh", cap="Enter", kind="primary")
        self._again.clicked.connect(presenter.asking.again)
        self._count = KeyButton(look, look.t("Count it"), "check", cap="Enter", kind="primary")
        self._count.clicked.connect(presenter.asking.accept_late)
        self._aside = KeyButton(look, look.t("Set aside"), "shield-check", cap=ASIDE, kind="big")
        self._aside.clicked.connect(presenter.asking.set_aside)
        self._back = KeyButton(look, look.t("Give it back"), "receipt-refund", cap=BACK, kind="big")
        self._back.clicked.connect(presenter.asking.give_late_back)
        for main, other, key in ((self._again, self._aside, ASIDE), (self._count, self._back, BACK)):
            for button in (main, other):
                OwnKeys(button, {"Return": button.click, "Enter": button.click, key: other.click})
        self._fields = card.row(look, gap=8)
        self._fields.addWidget(self._field, 3)
        self._fields.addWidget(self._proof, 2)
        self._lay_out()
        self._step: Step = "ready"
        self._seconds = QTimer(self)
        self._seconds.setInterval(_TICK_MS)
        self._seconds.timeout.connect(presenter.asking.tick)

    def first_focus(self) -> QWidget | None:
        if self._presenter.state.step in ("unclear", "late"):
            return self._again if self._presenter.state.step == "unclear" else self._count
        return self._proof.edit if self._presenter.state.way == "coupon" else self._field.edit

    def take_scan(self, code: str) -> bool:
        is_taken = self._presenter.take_scan(code)
        if is_taken and self._wants_worth():
            self._field.edit.setFocus()
        return is_taken

    def may_close(self) -> bool:
        return self._presenter.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            if event.key() == Qt.Key.Key_Delete and not watched.text():
                return self._deleted(event)
            if watched is self._field.edit and event.matches(QKeySequence.StandardKey.Paste):
                return self._pasted(event)
        return super().eventFilter(watched, event)

    def show_state(self, state: PayState) -> None:
        is_ready, pays_by_hand = state.step == "ready", state.way != "scan"
        self._ways.show_ways(state.offers, state.way)
        self._ways.setEnabled(is_ready)
        self._show_amounts(state)
        self._show_fields(state)
        self._pad.show_amounts(state.quick, state.due)
        self._said.show_said(said(state, self.look.words))
        self._confirm.setText(self._deed(state))
        self._show_parts(
            {
                self._pad: is_ready and pays_by_hand,
                self._said: not (is_ready and pays_by_hand),
                self._confirm: is_ready and (pays_by_hand or state.due.fen == 0),
                self._again: state.step == "unclear",
                self._aside: state.step == "unclear",
                self._count: state.step == "late",
                self._back: state.step == "late",
            }
        )
        wants_answer = is_ready or state.step in ("unclear", "late")
        if wants_answer and state.step != self._step and self.isVisible():
            # the fields were away meanwhile, and with them the cursor; what is unclear is decided by keys as well
            (self.first_focus() or self).setFocus()
        self._step = state.step
        if state.step == "asking":
            self._seconds.start()
        else:
            self._seconds.stop()

    # inside

    def _wants_worth(self) -> bool:
        """Whether a voucher has its number, and nobody has said yet what it is worth."""
        state = self._presenter.state
        return state.step == "ready" and state.way == "coupon" and bool(state.proof.strip()) and not state.typed

    def _proven(self) -> None:
        """Enter in the number: a voucher's worth comes next, a card's slip ends it."""
        if self._wants_worth():
            self._field.edit.setFocus()
        else:
            self._presenter.confirm()

    def _lay_out(self) -> None:
        self.body.setSpacing(self.look.px(8))
        amounts = card.row(self.look, gap=12)
        amounts.addWidget(self._due, 1)
        amounts.addWidget(self._change, 1)
        self.body.addWidget(self._ways)
        self.body.addLayout(amounts)
        self.body.addLayout(self._fields)
        self.body.addWidget(self._pad, 2)
        self.body.addWidget(self._said, 2)
        self.body.addWidget(self._confirm)
        for button in (self._aside, self._back, self._again, self._count):
            self.body.addWidget(button)

    def _show_parts(self, parts: dict[QWidget, bool]) -> None:
        # what goes makes room first: a window that has to grow for a moment stays grown
        for part, is_shown in sorted(parts.items(), key=lambda pair: pair[1]):
            part.setVisible(is_shown)

    def _deed(self, state: PayState) -> str:
        """What the main button does now."""
        _ = self.look.t
        if state.gives_back.fen:
            return _("Give back {amount}").format(amount=wording.money(state.gives_back))
        if state.way == "code_manual":
            return _("The money has arrived")
        if state.way == "cash" and not state.typed:
            return _("Exact {amount}").format(amount=wording.money(state.due))
        if state.missing is not None:
            return _("Take this part")
        if state.way == "cash":
            return _("Take payment")
        if state.typed or state.way == "coupon":
            return _("Take payment")
        return _("Pay {amount}").format(amount=wording.money(state.due))

    def _show_amounts(self, state: PayState) -> None:
        _ = self.look.t
        self._due.show_amount(_("Still to pay") if state.given else _("To pay"), wording.money(state.asks))
        if state.missing is not None:
            self._change.show_amount(_("Stays to pay"), wording.money(state.missing), "amber")
        elif state.way == "cash" and state.change is not None:
            self._change.show_amount(_("Change to give"), wording.money(state.change), "brand")
        elif state.way == "cash":
            self._change.show_amount(_("Change to give"), "—", "faint")
        elif state.here.most is not None:
            self._change.show_amount(_("There is"), wording.money(state.here.most), "brand")
        self._change.setVisible(state.missing is not None or state.way == "cash" or state.here.most is not None)

    def _show_fields(self, state: PayState) -> None:
        _, way, is_ready = self.look.t, state.way, state.step == "ready"
        fault = sentence(state.refused, self.look.words) if state.refused is not None and way != "scan" else ""
        self._field.set_text(state.typed)
        self._field.edit.setPlaceholderText("0.00" if way == "coupon" else wording.bare(state.due))
        self._field.setVisible(is_ready)
        self._proof.setVisible(is_ready and way in ("card", "coupon"))
        self._proof.set_text(state.proof)
        self._proof.edit.setPlaceholderText(_("Slip or last digits") if way == "card" else _("Voucher number"))
        self._field.set_label(self._about(state))
        self._field.show_fault(fault)

    def _about(self, state: PayState) -> str:
        """A word on the way that is open."""
        _, here = self.look.t, state.here
        if state.way == "code_manual":
            return _("Confirm once the money is there")
        if state.way == "points":
            words = _("{used} of {points} points; empty uses all that fits")
            return words.format(used=wording.number(state.points), points=wording.number(here.points))
        if state.way == "stored_value":
            parts = _("Principal {principal}, bonus {bonus}")
            return parts.format(principal=wording.money(here.principal), bonus=wording.money(here.bonus))
        if state.way == "coupon":
            return _("What the voucher is worth")
        return _("Amount; empty is all that is due")

    def _deleted(self, event: QKeyEvent) -> bool:
        """Del in an empty field takes the last tender away; the window's lines are not deleted meanwhile."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._presenter.remove_last()
        return True

    def _pasted(self, event: QKeyEvent) -> bool:
        """A barcode that is pasted is no amount, and does not vanish without a word."""
        text = QApplication.clipboard().text()
        if event.type() != QEvent.Type.KeyPress or _AMOUNT.fullmatch(text.strip()):
            return False
        self._presenter.paste(text)
        return True
