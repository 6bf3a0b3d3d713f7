"""The sheet that pays a card back: by what cause, why, how she gets it; each cause says its sum beforehand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from storeapp.domain.card import CAUSES
from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.ui.account.deed_sheet import DeedSheet, her_box, outcome_box, way_choice
from storeapp.ui.account.pay_back_sheet import CAUSES_SAID
from storeapp.ui.cards.back import CardBackPresenter, CardBackState
from storeapp.ui.notices import sentence
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.window import Window

_DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2)
_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class CardBackSheet(DeedSheet):
    """Draws one CardBackState."""

    def __init__(self, window: Window, presenter: CardBackPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(window, _("Pay a card back"), "credit-card", beep=beep)
        self._presenter, state = presenter, presenter.state
        hers = state.card
        self._reason = Field(look, _("Why"), most=100)
        self._way = way_choice(look, _("She gets it by"))
        given_up = _("Times given up") if hers.kind.is_times else _("Ends today")
        box, (gone, self._sum) = outcome_box(look, [given_up, _("She gets")])
        gone.setText(f"-{hers.left}" if hers.kind.is_times else hers.kind.tier)
        holds = _("{name}: paid {amount} on {day}").format(
            name=hers.name, amount=wording.money(Money(hers.paid_fen)), day=hers.sold_on
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

    def show_state(self, state: CardBackState) -> None:
        for cause, tile in zip(CAUSES, self._tiles, strict=True):
            tile.setChecked(cause == state.cause)
        self._sum.setText(wording.money(state.money))
        self._reason.show_fault("" if state.refused is None else sentence(state.refused, self.look.words))
        self._way.show_chosen(state.tender)
        self.confirm_button.setText(self.look.t("Pay back {amount}").format(amount=wording.money(state.money)))
        self.confirm_button.setEnabled(bool(state.money) and not state.is_saving)

    def _tile(self, place: int) -> KeyButton:
        cause, look = CAUSES[place], self.look
        amount = wording.money(Money(self._presenter.state.sums[cause]))
        tile = KeyButton(look, f"{look.t(CAUSES_SAID[cause])}  {amount}", cap=f"Ctrl+{place + 1}")
        tile.setCheckable(True)
        tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        tile.clicked.connect(lambda _checked=False: self._presenter.choose(place))
        return tile
