"""The sheet that pays stored value back: by what cause, why, how she gets it; each cause says its sum beforehand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from storeapp.domain.money import Money
from storeapp.domain.value_refund import CAUSES
from storeapp.ui import wording
from storeapp.ui.account.deed_sheet import DeedSheet, her_box, outcome_box, way_choice
from storeapp.ui.account.pay_back import PayBackPresenter, PayBackState
from storeapp.ui.notices import sentence
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.window import Window
from storeapp.words import N_

_DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)
_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
CAUSES_SAID = {
    "within_days": N_("Within the days of return"),
    "customer": N_("At her own wish"),
    "shop": N_("By the shop's fault"),
}


class PayBackSheet(DeedSheet):
    """Draws one PayBackState."""

    def __init__(self, window: Window, presenter: PayBackPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(window, _("Pay stored value back"), "wallet", beep=beep)
        self._presenter, state = presenter, presenter.state
        self._reason = Field(look, _("Why"), most=100)
        self._way = way_choice(look, _("She gets it by"))
        box, self._sums = outcome_box(look, [_("Principal given up"), _("Gift given up"), _("She gets")])
        whole = state.plans["customer"]
        holds = _("Holds {amount}: {principal} paid in, {bonus} given").format(
            amount=wording.money(Money(whole.principal_fen + whole.bonus_fen)),
            principal=wording.money(Money(whole.principal_fen)),
            bonus=wording.money(Money(whole.bonus_fen)),
        )
        self.body.addWidget(her_box(look, state.her, holds))
        self._tiles = [self._tile(place) for place in range(len(CAUSES))]
        for part in (*self._tiles, box, self._reason):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(self._way)
        self.body.addWidget(self.confirm_button)
        self.steps = (self._reason, self._way)
        self._reason.edited.connect(presenter.because)
        self._way.chosen.connect(presenter.pay_by)
        presenter.bind(self)

    def confirm(self) -> None:
        self._presenter.confirm()

    def check(self, step: QWidget) -> bool:
        return self._presenter.check()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _DIGITS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._presenter.choose(_DIGITS.index(key))
        elif key in _ARROWS:
            self._presenter.move(_ARROWS[key])
        else:
            super().keyPressEvent(event)

    def show_state(self, state: PayBackState) -> None:
        plan, words = state.plan, self.look.words
        for cause, tile in zip(CAUSES, self._tiles, strict=True):
            tile.setChecked(cause == state.cause)
        for shown, fen in zip(self._sums, (plan.principal_fen, plan.bonus_fen), strict=False):
            shown.setText(wording.money(Money(-fen)))
        self._sums[-1].setText(wording.money(plan.money))
        self._reason.show_fault("" if state.refused is None else sentence(state.refused, words))
        self._way.show_chosen(state.tender)
        self.confirm_button.setText(self.look.t("Pay back {amount}").format(amount=wording.money(plan.money)))
        self.confirm_button.setEnabled(bool(plan.money) and not state.is_saving)

    def _tile(self, place: int) -> KeyButton:
        cause, look = CAUSES[place], self.look
        amount = wording.money(self._presenter.state.plans[cause].money)
        tile = KeyButton(look, f"{look.t(CAUSES_SAID[cause])}  {amount}", cap=f"Ctrl+{place + 1}")
        tile.setCheckable(True)
        tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        tile.clicked.connect(lambda _checked=False: self._presenter.choose(place))
        return tile
