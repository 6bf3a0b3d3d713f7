"""The payment as a side sheet: the basket and the total stay in sight beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from storeapp.domain.money import Money
from storeapp.domain.tender import TenderKind
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import sentence
from storeapp.ui.pay.presenter import PayPresenter
from storeapp.ui.pay.state import PayState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.amount import BigAmount
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import AmountField
from storeapp.ui.widgets.labels import RIGHT, Elided, Picture, label, set_tone
from storeapp.ui.widgets.pad import NumberPad
from storeapp.ui.widgets.sheet import Sheet
from storeapp.ui.widgets.tabs import Tabs

_QUICK = 5


class Named(QWidget):
    """An amount with its name above."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._name = Elided("", "secondary", "muted")
        self._name.setAlignment(RIGHT)
        self._amount = BigAmount(look, "text", 26)
        layout = card.column(look, self, gap=0)
        layout.addWidget(self._name)
        layout.addWidget(self._amount)

    def show_amount(self, words: str, amount: str, tone: str = "text") -> None:
        self._name.setText(words)
        self._amount.show_amount(amount, tone)


class QuickTenders(QWidget):
    """What the customer most likely hands over; one press takes it. Exactly what is due is the main button."""

    chosen = Signal(object)  # Money

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._amounts: tuple[Money, ...] = ()
        self._buttons: list[KeyButton] = []
        layout = card.row(look, self, gap=8)
        for place in range(_QUICK):
            made = KeyButton(look, "", kind="small")
            made.clicked.connect(lambda _checked=False, place=place: self.chosen.emit(self._amounts[place]))
            layout.addWidget(made, 1)
            self._buttons.append(made)

    def show_amounts(self, amounts: tuple[Money, ...], due: Money) -> None:
        self._amounts = tuple(amount for amount in amounts if amount != due)[-_QUICK:]
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(self._amounts))
            if place < len(self._amounts):
                words = wording.money(self._amounts[place])
                button.setText(words.removesuffix(".00"))
                button.setAccessibleName(words)


class PaySheet(Sheet):
    """Draws one PayState. Enter confirms, Esc goes back to the basket; `kind_chosen` brings a TenderKind."""

    kind_chosen = Signal(str)
    is_kept = True

    def __init__(self, look: Look, presenter: PayPresenter) -> None:
        super().__init__(look, look.t("Payment"), "cash-register")
        self._presenter = presenter
        self._kinds: tuple[TenderKind, ...] = ()
        self._tabs = Tabs(look)
        self._tabs.chosen.connect(lambda place: self.kind_chosen.emit(self._kinds[place]))
        self._due, self._change = Named(look), Named(look)
        self._field = AmountField(look, look.t("Handed over"), compact=True)
        self._field.edit.setPlaceholderText(look.t("Exact"))
        self._field.edited.connect(presenter.type)
        self._field.submitted.connect(presenter.confirm)
        self._quick = QuickTenders(look)
        self._quick.chosen.connect(presenter.confirm_amount)
        self._pad = NumberPad(look, self._field.edit)
        self._said = self._make_said()
        self._confirm = KeyButton(look, look.t("Take payment"), "check", kind="primary")
        self._confirm.clicked.connect(presenter.confirm)
        self._again = KeyButton(look, look.t("Ask again"), "refresh", kind="primary")
        self._again.clicked.connect(presenter.ask_again)
        amounts = card.row(look, gap=12)
        amounts.addWidget(self._due, 1)
        amounts.addWidget(self._change, 1)
        self.body.addWidget(self._tabs)
        self.body.addLayout(amounts)
        self.body.addWidget(self._field)
        self.body.addWidget(self._quick)
        self.body.addWidget(self._pad, 1)
        self.body.addWidget(self._said, 1)
        self.body.addWidget(self._confirm)
        self.body.addWidget(self._again)

    def first_focus(self) -> QWidget | None:
        return None if self._presenter.state.kind == "simulated" else self._field.edit

    def take_scan(self, code: str) -> bool:
        return self._presenter.take_scan(code)

    def may_close(self) -> bool:
        return self._presenter.leave()

    def show_state(self, state: PayState) -> None:
        _, in_cash, by_code = self.look.t, state.kind == "cash", state.kind == "simulated"
        self._kinds = state.kinds
        names = [wording.tender(kind, self.look.words) for kind in state.kinds]
        self._tabs.show_tabs(names, state.kinds.index(state.kind))
        self._tabs.setEnabled(state.step == "ready")
        self._due.show_amount(_("Still to pay") if state.given else _("To pay"), wording.money(state.due))
        self._field.set_text(state.typed)
        self._field.show_fault("" if state.refused is None or by_code else sentence(state.refused, self.look.words))
        self._field.setVisible(not by_code)
        self._field.setEnabled(state.step == "ready")
        self._show_change(state)
        self._quick.setVisible(in_cash)
        self._quick.show_amounts(state.quick, state.due)
        self._quick.setEnabled(state.step == "ready")
        self._pad.setVisible(in_cash)
        self._said.setVisible(not in_cash)
        self._show_said(state)
        self._confirm.setVisible(not by_code or state.due.fen == 0)
        self._confirm.setEnabled(state.step == "ready")
        self._confirm.setText(self._deed(state))
        self._again.setVisible(state.step == "unclear")

    def _deed(self, state: PayState) -> str:
        """What the main button does now."""
        _ = self.look.t
        if state.kind != "cash":
            return _("The money has arrived")
        return _("Take payment") if state.typed else _("Exact {amount}").format(amount=wording.money(state.due))

    def _show_change(self, state: PayState) -> None:
        _ = self.look.t
        self._change.setVisible(state.kind == "cash")
        if state.missing is not None:
            self._change.show_amount(_("Missing"), wording.money(state.missing), "red")
        elif state.change is not None:
            self._change.show_amount(_("Change to give"), wording.money(state.change), "brand")
        else:
            self._change.show_amount(_("Change to give"), "—", "faint")

    def _make_said(self) -> QWidget:
        """What to do, or what the provider said, with a large picture."""
        self._picture = Picture(self.look, "qrcode", "brand", 64)
        self._headline = label("", "name", strong=True, wrap=True)
        self._detail = label("", "body", "muted", wrap=True)
        host = QWidget()
        layout = card.column(self.look, host, gap=12)
        layout.addStretch(1)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self._headline, self._detail):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)
        layout.addStretch(1)
        return host

    def _show_said(self, state: PayState) -> None:
        _, tone = self.look.t, "text"
        if state.step == "saving":
            icon, headline, detail = "clock", _("Writing the sale down"), ""
        elif state.step == "asking":
            icon, headline = "clock", _("Waiting for the customer's wallet")
            detail = _("The customer may have to enter a password. Do not take the money another way.")
        elif state.step == "unclear":
            icon, headline, tone = "alert-triangle", _("No clear answer yet"), "amber"
            detail = _("Ask again until it is clear. The basket is safe.")
        elif state.refused is not None and state.kind == "simulated":
            icon, headline, tone = "alert-circle", sentence(state.refused, self.look.words), "red"
            detail = _("Scan another code, or choose another way to pay.")
        elif state.kind == "simulated":
            icon, headline = "scan", _("Scan the customer's payment code")
            detail = _("Demo: nothing is charged. A code ending in 8 is refused, in 9 it stays unclear.")
        else:
            icon, headline = "qrcode", _("Customer pays at the code on the counter")
            detail = _("Confirm only when you have seen the money arrive.")
        self._picture.show_icon(icon, "brand" if tone == "text" else tone)
        self._headline.setText(headline)
        set_tone(self._headline, tone)
        self._detail.setText(detail)
