"""The ways to pay, below the total: one main button, the others beside each other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton


class PaymentKeys(QWidget):
    """With a provider the main button takes money by code; without one it opens the payment."""

    acted = Signal(str)

    def __init__(self, look: Look, *, has_provider: bool) -> None:
        super().__init__()
        _ = look.t
        layout = card.column(look, self, gap=10)
        others = card.row(look, gap=8)
        cash = KeyButton(look, _("Cash"), "cash", action="cash")
        by_code = KeyButton(look, _("Paid by code"), "qrcode", action="paid_by_code")
        by_code.setToolTip(_("The customer paid by code on a stand; you have seen the money arrive"))
        words, icon = (_("Scan to pay"), "scan") if has_provider else (_("Take payment"), "cash-register")
        self._main = main = KeyButton(look, words, icon, action="pay", kind="primary")
        for button, action in ((cash, "cash"), (by_code, "paid_by_code"), (main, "pay")):
            button.clicked.connect(lambda _checked=False, action=action: self.acted.emit(action))
        others.addWidget(cash, 1)
        others.addWidget(by_code, 1)
        layout.addLayout(others)
        layout.addWidget(main)

    def step_back(self, is_back: bool) -> None:
        """While a sheet has a main button of its own, this one is like the others: one catches the eye."""
        self._main.set_kind("big" if is_back else "primary")
