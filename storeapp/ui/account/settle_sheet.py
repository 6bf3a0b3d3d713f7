"""The sheet where a debt is paid: the sum, Enter, how she pays, Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from storeapp.ui import wording
from storeapp.ui.account.deed_sheet import DeedSheet, her_box, outcome_box, way_choice
from storeapp.ui.account.settle import SettlePresenter, SettleState
from storeapp.ui.notices import sentence
from storeapp.ui.widgets.field import AmountField
from storeapp.ui.window import Window


class SettleSheet(DeedSheet):
    """Draws one SettleState."""

    def __init__(self, window: Window, presenter: SettlePresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(window, _("Debt"), "receipt", beep=beep)
        self._presenter, state = presenter, presenter.state
        self._amount = AmountField(look, _("She pays of it"))
        self._way = way_choice(look, _("She pays by"))
        box, (self._left,) = outcome_box(look, [_("Owes then")])
        owes = _("Owes {amount}").format(amount=wording.money(state.owed))
        for part in (her_box(look, state.her, owes), self._amount, box):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(self._way)
        self.body.addWidget(self.confirm_button)
        self.steps = (self._amount, self._way)
        self._amount.edited.connect(presenter.type)
        self._way.chosen.connect(presenter.pay_by)
        presenter.bind(self)
        self._amount.edit.selectAll()

    def confirm(self) -> None:
        self._presenter.confirm()

    def check(self, step: QWidget) -> bool:
        return self._presenter.check()

    def show_state(self, state: SettleState) -> None:
        words = self.look.words
        self._amount.set_text(state.text)
        self._amount.show_fault("" if state.refused is None else sentence(state.refused, words))
        self._way.show_chosen(state.tender)
        self._left.setText(wording.money(state.left))
        self.confirm_button.setText(self.look.t("Take {amount}").format(amount=wording.money(state.amount)))
        self.confirm_button.setEnabled(bool(state.amount) and not state.is_saving)
