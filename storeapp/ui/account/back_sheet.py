"""The sheet that pays back: by what cause, why, how she gets it; each cause says its sum beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from storeapp.ui import wording
from storeapp.ui.account.back import BackPresenter, BackState
from storeapp.ui.account.deed_sheet import DeedSheet, her_box, outcome_box, way_choice
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


class BackSheet(DeedSheet):
    """`holds` says what she has, `given_up` what she gives up for the money: who inherits says how much of each."""

    def __init__(
        self,
        window: Window,
        presenter: BackPresenter[Any, Any],
        title: str,
        icon: str,
        *,
        holds: str,
        given_up: Sequence[str],
        beep: Callable[[], None],
    ) -> None:
        look = window.look
        _ = look.t
        super().__init__(window, title, icon, beep=beep)
        self._presenter = presenter
        self._reason = Field(look, _("Why"), most=100)
        self._way = way_choice(look, _("She gets it by"), presenter.state.ways)
        box, (*self.gone, self._sum) = outcome_box(look, [*given_up, _("She gets")])
        self.body.addWidget(her_box(look, presenter.state.her, holds))
        self._tiles = [self._tile(place) for place in range(len(presenter.state.sums))]
        for part in (*self._tiles, box, self._reason):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(self._way)
        self.body.addWidget(self.confirm_button)
        self.steps = (self._reason, self._way)
        self._reason.edited.connect(presenter.because)
        self._way.chosen.connect(presenter.pay_by)

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

    def show_back(self, state: BackState) -> None:
        for cause, tile in zip(state.sums, self._tiles, strict=True):
            tile.setChecked(cause == state.cause)
        money = wording.money(state.money)
        self._sum.setText(money)
        self._reason.show_fault("" if state.refused is None else sentence(state.refused, self.look.words))
        self._way.show_chosen(state.tender)
        self.confirm_button.setText(self.look.t("Pay back {amount}").format(amount=money))
        self.confirm_button.setEnabled(bool(state.money) and not state.is_saving)

    def _tile(self, place: int) -> KeyButton:
        look, (cause, money) = self.look, list(self._presenter.state.sums.items())[place]
        tile = KeyButton(look, f"{look.t(CAUSES_SAID[cause])} · {wording.money(money)}", cap=f"Ctrl+{place + 1}")
        tile.setCheckable(True)
        tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        tile.clicked.connect(lambda _checked=False: self._presenter.choose(place))
        return tile
