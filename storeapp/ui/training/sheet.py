"""The sheet of trouble: one press and the paper is out, the network is cut, the customer is asked for her password."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from storeapp.till.training_shop import PRACTICE_PIN
from storeapp.ui.look import Look
from storeapp.ui.training.presenter import TroublePresenter, TroubleState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.sheet import Sheet
from storeapp.words import N_

_PRINTER = {"fine": N_("Prints"), "paper_out": N_("Out of paper"), "off": N_("Switched off")}
_PAYMENT = {
    "fine": N_("Paid at once"),
    "password": N_("Password asked"),
    "refused": N_("Not enough money"),
    "unknown": N_("Answer lost, yet paid"),
    "late": N_("Paid late, while it is undone"),
    "cut": N_("Network cut"),
}


class TroubleSheet(Sheet):
    """Draws one TroubleState. `left` asks to leave training."""

    left = Signal()

    def __init__(self, look: Look, presenter: TroublePresenter) -> None:
        super().__init__(look, look.t("Training"), "alert-triangle")
        self._presenter = presenter
        _ = look.t
        hint = _("You are practising: nothing counts, nothing is sent. Every PIN here is {pin}.").format(
            pin=PRACTICE_PIN
        )
        self.body.addWidget(label(hint, "secondary", "muted", wrap=True))
        self._printer = self._group(_("The printer"), _PRINTER, presenter.printer)
        self._payment = self._group(_("Paying by code"), _PAYMENT, presenter.payment)
        self.body.addStretch(1)
        well = KeyButton(look, _("All is well again"), "circle-check")
        well.clicked.connect(presenter.all_well)
        self.body.addWidget(well)
        leave = KeyButton(look, _("Back to the real shop"), "logout", action="training", kind="primary")
        leave.clicked.connect(self.left)
        self.body.addWidget(leave)
        self.closed.connect(lambda: presenter.bind(None))
        presenter.bind(self)

    def first_focus(self) -> QWidget | None:
        return next(iter(self._printer.values()))

    def show_state(self, state: TroubleState) -> None:
        for buttons, now in ((self._printer, state.printer), (self._payment, state.payment)):
            for fault, button in buttons.items():
                button.setChecked(fault == now)

    def _group(self, words: str, faults: Mapping[str, str], deed: Callable[[str], None]) -> dict[str, KeyButton]:
        look = self.look
        self.body.addWidget(label(words, "secondary", "muted"))
        lines = card.column(look, gap=8)
        made: dict[str, KeyButton] = {}
        row = card.row(look, gap=8)
        for place, (fault, said) in enumerate(faults.items()):
            if place and place % 2 == 0:
                lines.addLayout(row)
                row = card.row(look, gap=8)
            button = KeyButton(look, look.t(said), kind="small")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, fault=fault: deed(fault))
            row.addWidget(button, 1)
            made[fault] = button
        lines.addLayout(row)
        self.body.addLayout(lines)
        return made
