"""The sheet that hands a card on: to whom, why, and an Enter that says both agree."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from storeapp.ui.account.deed_sheet import her_box, outcome_box
from storeapp.ui.account.to_another_sheet import ToAnotherSheet
from storeapp.ui.cards.hand_on import HandOnPresenter, HandOnState
from storeapp.ui.notices import sentence
from storeapp.ui.widgets.labels import label
from storeapp.ui.window import Window


class HandOnSheet(ToAnotherSheet):
    """Draws one HandOnState."""

    def __init__(self, window: Window, presenter: HandOnPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(window, _("Hand a card on"), "credit-card", presenter, beep=beep)
        self._presenter, card = presenter, presenter.state.card
        box, (until, goes) = outcome_box(look, [_("Good"), _("Goes on")])
        until.setText(_("until {date}").format(date=card.until) if card.until else _("for ever"))
        left = _("{left} of {whole}").format(left=card.left, whole=card.kind.whole)
        goes.setText(left if card.kind.is_times else card.kind.tier)
        for part in (her_box(look, presenter.state.her, card.name), self.phone, self.taker, box, self.reason):
            self.body.addWidget(part)
        self.body.addStretch(1)
        terms = _("It goes on as it is: what was paid for it, what is left and its last day stay the same.")
        self.body.addWidget(label(terms, "tag", "faint", wrap=True))
        self.body.addWidget(self.confirm_button)
        self.steps = (self.phone.edit, self.reason.edit)
        presenter.bind(self)

    def confirm(self) -> None:
        self._presenter.confirm()

    def check(self, step: QWidget) -> bool:
        return self._presenter.find()

    def show_state(self, state: HandOnState) -> None:
        said = "" if state.refused is None else sentence(state.refused, self.look.words)
        self.phone.show_fault("" if state.is_about_why else said)
        self.reason.show_fault(said if state.is_about_why else "")
        self.show_taker(state)
        self.confirm_button.setText(self.look.t("Both agree: hand it on"))
        self.confirm_button.setEnabled(not state.is_saving)
