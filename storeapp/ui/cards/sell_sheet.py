"""The sheet that sells a card: what it gives, how she pays, Enter."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.ui import wording
from storeapp.ui.account.deed_sheet import DeedSheet, her_box, outcome_box, way_choice
from storeapp.ui.cards.sell import SellCardPresenter, SellCardState
from storeapp.ui.notices import sentence
from storeapp.ui.widgets.labels import label
from storeapp.ui.window import Window


class SellCardSheet(DeedSheet):
    """Draws one SellCardState."""

    def __init__(self, window: Window, presenter: SellCardPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _, words = look.t, look.words
        super().__init__(window, _("Sell a card"), "credit-card", beep=beep)
        self._presenter, kind = presenter, presenter.state.kind
        self._way = way_choice(look, _("She pays by"))
        self._fault = label("", "secondary", "red", wrap=True)
        box, (gives, goods, days, price) = outcome_box(look, [_("It gives"), _("Takes"), _("Good"), _("She pays")])
        gives.setText(wording.card_gives(kind, words))
        goods.setText(" · ".join(presenter.state.names) or kind.tier)
        goods.setWordWrap(True)
        days.setText(wording.card_days(kind, words))
        price.setText(wording.money(kind.price))
        owed = _("What she pays stays hers until she has had it: it is no turnover, and earns no points.")
        for part in (her_box(look, presenter.state.her, kind.name), box, label(owed, "secondary", "muted", wrap=True)):
            self.body.addWidget(part)
        self.body.addWidget(self._fault)
        self.body.addStretch(1)
        self.body.addWidget(self._way)
        self.body.addWidget(self.confirm_button)
        self.steps = (self._way,)
        self._way.chosen.connect(presenter.pay_by)
        presenter.bind(self)

    def confirm(self) -> None:
        self._presenter.confirm()

    def show_state(self, state: SellCardState) -> None:
        self._fault.setText("" if state.refused is None else sentence(state.refused, self.look.words))
        self._fault.setVisible(state.refused is not None)
        self._way.show_chosen(state.tender)
        self.confirm_button.setText(self.look.t("Take {amount}").format(amount=wording.money(state.kind.price)))
        self.confirm_button.setEnabled(not state.is_saving)
