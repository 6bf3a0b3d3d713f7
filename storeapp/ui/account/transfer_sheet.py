"""The sheet that transfers stored value: to whom, how much, why, and an Enter that says both agree."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from storeapp.domain.money import ZERO
from storeapp.ui import wording
from storeapp.ui.account.deed_sheet import her_box, outcome_box
from storeapp.ui.account.to_another_sheet import ToAnotherSheet
from storeapp.ui.account.transfer import TransferPresenter, TransferState
from storeapp.ui.notices import sentence
from storeapp.ui.widgets.field import AmountField
from storeapp.ui.widgets.labels import label
from storeapp.ui.window import Window


class TransferSheet(ToAnotherSheet):
    """Draws one TransferState."""

    def __init__(self, window: Window, presenter: TransferPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(window, _("Transfer stored value"), "wallet", presenter, beep=beep)
        self._presenter, state = presenter, presenter.state
        self._amount = AmountField(look, _("How much of what was paid in"))
        box, self._sums = outcome_box(look, [_("of it paid in"), _("of it given"), _("Transferred")])
        holds = _("Holds {amount}: {principal} paid in, {bonus} given").format(
            amount=wording.money(state.principal + state.bonus),
            principal=wording.money(state.principal),
            bonus=wording.money(state.bonus),
        )
        for part in (her_box(look, state.her, holds), self.phone, self.taker, self._amount, box, self.reason):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(label(_("Each part keeps the day it was paid in."), "tag", "faint", wrap=True))
        self.body.addWidget(self.confirm_button)
        self.steps = (self.phone.edit, self._amount.edit, self.reason.edit)
        self._amount.edited.connect(presenter.type)
        presenter.bind(self)

    def confirm(self) -> None:
        self._presenter.confirm()

    def check(self, step: QWidget) -> bool:
        return self._presenter.find() if step is self.phone.edit else self._presenter.check()

    def show_state(self, state: TransferState) -> None:
        said = "" if state.refused is None else sentence(state.refused, self.look.words)
        for field, place in ((self.phone, "whom"), (self._amount, "much"), (self.reason, "why")):
            field.show_fault(said if state.belongs == place else "")
        self._amount.set_text(state.text)
        self.show_taker(state)
        principal, gift = (ZERO, ZERO) if state.plan is None else (state.plan.principal, state.plan.gift)
        for shown, amount in zip(self._sums, (principal, gift, principal + gift), strict=True):
            shown.setText(wording.money(amount))
        goes = wording.money(state.amount if state.plan is None else principal + gift)
        self.confirm_button.setText(self.look.t("Both agree: transfer {amount}").format(amount=goes))
        self.confirm_button.setEnabled(bool(state.amount) and not state.is_saving)
