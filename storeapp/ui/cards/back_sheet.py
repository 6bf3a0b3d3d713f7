"""The sheet that pays a card back."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.ui.account.back_sheet import BackSheet
from storeapp.ui.cards.back import CardBackPresenter, CardBackState
from storeapp.ui.window import Window


class CardBackSheet(BackSheet):
    """Draws one CardBackState."""

    def __init__(self, window: Window, presenter: CardBackPresenter, *, beep: Callable[[], None]) -> None:
        _, card = window.look.t, presenter.state.card
        holds = _("{name}: paid {amount} on {day}").format(
            name=card.name, amount=wording.money(Money(card.paid_fen)), day=card.sold_on
        )
        given_up = [_("Times given up") if card.kind.is_times else _("Ends today")]
        super().__init__(
            window, presenter, _("Pay a card back"), "credit-card", holds=holds, given_up=given_up, beep=beep
        )
        self.gone[0].setText(f"-{card.left}" if card.kind.is_times else card.kind.tier)
        presenter.bind(self)

    def show_state(self, state: CardBackState) -> None:
        self.show_back(state)
