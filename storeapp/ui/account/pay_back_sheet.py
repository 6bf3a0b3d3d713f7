"""The sheet that pays stored value back."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.ui.account.back_sheet import BackSheet
from storeapp.ui.account.pay_back import PayBackPresenter, PayBackState
from storeapp.ui.window import Window


class PayBackSheet(BackSheet):
    """Draws one PayBackState."""

    def __init__(self, window: Window, presenter: PayBackPresenter, *, beep: Callable[[], None]) -> None:
        _ = window.look.t
        whole = presenter.state.plans["customer"]
        holds = _("Holds {amount}: {principal} paid in, {bonus} given").format(
            amount=wording.money(Money(whole.principal_fen + whole.bonus_fen)),
            principal=wording.money(Money(whole.principal_fen)),
            bonus=wording.money(Money(whole.bonus_fen)),
        )
        given_up = [_("Principal given up"), _("Gift given up")]
        super().__init__(
            window, presenter, _("Pay stored value back"), "wallet", holds=holds, given_up=given_up, beep=beep
        )
        presenter.bind(self)

    def show_state(self, state: PayBackState) -> None:
        for shown, fen in zip(self.gone, (state.plan.principal_fen, state.plan.bonus_fen), strict=True):
            shown.setText(wording.money(Money(-fen)))
        self.show_back(state)
