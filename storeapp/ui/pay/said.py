"""What the payment says instead of its pad: what to do, or what the provider is doing, with a large picture."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import sentence
from storeapp.ui.pay.state import PayState, TotalMoved
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import Picture, label, set_tone
from storeapp.words import N_, Words

DO_NOT_TAKE_TWICE = N_("Result unknown: do not let the customer pay again")


@dataclass(frozen=True, slots=True)
class Said:
    """`icon`, `headline` and `detail`; `tone` says how grave it is."""

    icon: str
    headline: str
    detail: str = ""
    tone: str = "brand"


def said(state: PayState, words: Words) -> Said:
    """The same for every screen that tells of this payment."""
    _ = words.t
    asked = state.asked
    if state.step == "saving":
        return Said("clock", _("Writing the sale down"))
    if state.step == "giving_back":
        return Said("receipt-refund", _("Giving the money back"), _("Wait for the wallet's answer."), "amber")
    if asked is not None and asked.is_reversing:
        detail = _("No answer in time, so the payment is being taken back. {seconds} s").format(seconds=asked.seconds)
        return Said("alert-triangle", _(DO_NOT_TAKE_TWICE), detail, "red")
    if state.step == "unclear":
        detail = _("Ask again until it is clear, or set it aside with a manager's yes. The basket is safe.")
        return Said("alert-triangle", _(DO_NOT_TAKE_TWICE), detail, "red")
    if state.step == "late" and asked is not None:
        detail = _("{amount} came after the time was up. A manager decides: it counts, or it goes back.")
        return Said("alert-triangle", _("Paid after all"), detail.format(amount=wording.money(asked.amount)), "amber")
    if asked is not None and asked.wants_password:
        detail = _("{amount}. The customer enters the password on the phone.").format(
            amount=wording.money(asked.amount)
        )
        return Said("lock", _("Password asked, {seconds} s").format(seconds=asked.seconds), detail)
    if asked is not None:
        detail = _("{amount}. Do not take the money another way.").format(amount=wording.money(asked.amount))
        return Said("clock", _("Asking the wallet, {seconds} s").format(seconds=asked.seconds), detail)
    if state.refused is not None:
        detail = _("Scan another code, or choose another way to pay.")
        if isinstance(state.refused, TotalMoved):
            detail = _("Tell the customer, then scan the code again.")
        return Said("alert-circle", sentence(state.refused, words), detail, "red")
    return Said("scan", _("Scan the customer's payment code"), _("WeChat, Alipay or UnionPay: the code says which."))


class SaidPanel(QWidget):
    """Draws one Said."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._picture = Picture(look, "qrcode", "brand", 56)
        self._headline = label("", "total", wrap=True)
        self._detail = label("", "body", "muted", wrap=True)
        layout = card.column(look, self, gap=10)
        layout.addStretch(1)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self._headline, self._detail):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)
        layout.addStretch(1)

    def show_said(self, told: Said) -> None:
        self._picture.show_icon(told.icon, told.tone)
        self._headline.setText(told.headline)
        set_tone(self._headline, "text" if told.tone == "brand" else told.tone)
        self._detail.setText(told.detail)
