"""The sheet that tops up: a step or an amount, Enter, how she pays, Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from storeapp.domain.money import yuan
from storeapp.domain.monthly_gift import Monthly
from storeapp.domain.top_up import Step
from storeapp.ui import wording
from storeapp.ui.account.deed_sheet import her_box, outcome_box, way_choice
from storeapp.ui.account.her import Her
from storeapp.ui.notices import notice, sentence
from storeapp.ui.topup.presenter import TopUpPresenter, TopUpState
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import AmountField
from storeapp.ui.widgets.sheet import Sheet
from storeapp.ui.window import Window

TRANSFER = "Ctrl+0"
_DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6)


class TopUpSheet(Sheet):
    """Draws one TopUpState."""

    transfer_wanted = Signal()

    def __init__(self, window: Window, presenter: TopUpPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(look, _("Top up"), "wallet")
        self._window, self._presenter, self.beep = window, presenter, beep
        self._tiles: list[KeyButton] = []
        self._has_entered = False
        pays_in = _("She pays in; then scan her code, or choose") if presenter.takes_codes else _("She pays in")
        self._amount = AmountField(look, pays_in)
        self._way = way_choice(look, _("She pays by"))
        outcome, (self._gift, self._after) = outcome_box(look, [_("Given on top"), _("Holds then")])
        self._confirm = KeyButton(look, "", "check", kind="primary")
        self.body.addWidget(self._her())
        if presenter.state.standing.principal:
            self.add_to_head(self._transfer())
        if presenter.state.tiles:
            self.body.addLayout(self._steps())
        self.body.addWidget(self._amount)
        self.body.addWidget(outcome)
        self.body.addStretch(1)
        self.body.addWidget(self._way)
        self.body.addWidget(self._confirm)
        self._amount.setEnabled(presenter.state.standing.terms.is_free or not presenter.state.tiles)
        self._amount.edited.connect(presenter.type)
        self._amount.submitted.connect(self._amount_entered)
        self._way.chosen.connect(presenter.pay_by)
        self._confirm.clicked.connect(presenter.confirm)
        presenter.bind(self)

    def first_focus(self) -> QWidget:
        return self._amount.edit if self._amount.isEnabled() else self._way

    def take_scan(self, code: str) -> bool:
        return self._presenter.take_code(code)

    def may_close(self) -> bool:
        """Not while a wallet's company is asked: money may be on its way."""
        return not self._presenter.state.is_asking

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_ctrl and event.key() in _DIGITS:
            self._choose(_DIGITS.index(Qt.Key(event.key())))
        elif is_ctrl and event.key() == Qt.Key.Key_0 and self._presenter.state.standing.principal:
            self.transfer_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # a field tells of its Enter itself, and lets the key through all the same: one Enter is one step
            if not (self._has_entered or self._amount.edit.hasFocus()):
                self._presenter.confirm()
            self._has_entered = False
        else:
            super().keyPressEvent(event)

    def show_state(self, state: TopUpState) -> None:
        _, words = self.look.t, self.look.words
        self._amount.set_text(state.text)
        self._amount.show_fault(sentence(state.fault, words) if state.fault is not None else "")
        self._way.show_chosen(state.tender)
        at_once = f"+{wording.money(state.gift)}"
        self._gift.setText(at_once if state.monthly is None else f"{at_once} · {self._promised(state.monthly)}")
        self._after.setText(wording.money(state.after))
        chosen = [step.pays for step in state.tiles]
        for place, tile in enumerate(self._tiles):
            tile.setChecked(chosen[place] == state.amount)
        taking = _("Her wallet is asked…") if state.is_asking else _("Take {amount}")
        self._confirm.setText(taking.format(amount=wording.money(state.amount)))
        self._confirm.setEnabled(bool(state.amount) and not state.is_saving)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def _amount_entered(self) -> None:
        self._has_entered = True
        if self._presenter.check():
            self._way.setFocus()

    def _choose(self, place: int) -> None:
        self._presenter.choose(place)
        if self._presenter.state.amount:
            self._way.setFocus()

    def _her(self) -> QFrame:
        look, state = self.look, self._presenter.state
        held = look.t("Holds {amount}: {principal} paid in, {bonus} given").format(
            amount=wording.money(state.standing.held),
            principal=wording.money(state.standing.principal),
            bonus=wording.money(state.standing.bonus),
        )
        return her_box(look, Her("", state.name, state.phone), held)

    def _promised(self, monthly: Monthly) -> str:
        said = self.look.t("{amount} × {months} months")
        return said.format(amount=yuan(monthly.each), months=monthly.months)

    def _transfer(self) -> KeyButton:
        made = KeyButton(self.look, self.look.t("Give"), cap=TRANSFER, kind="ghost")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(self.transfer_wanted)
        return made

    def _steps(self) -> QGridLayout:
        look, grid = self.look, QGridLayout()
        grid.setHorizontalSpacing(look.px(8))
        # six steps and all the rest fit a small screen
        grid.setVerticalSpacing(look.px(4))
        for place, step in enumerate(self._presenter.state.tiles):
            tile = KeyButton(look, self._said(step), cap=f"Ctrl+{place + 1}")
            tile.setCheckable(True)
            tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tile.clicked.connect(lambda _checked=False, place=place: self._choose(place))
            grid.addWidget(tile, place // 2, place % 2)
            self._tiles.append(tile)
        return grid

    def _said(self, step: Step) -> str:
        pays, gift = (yuan(amount).removesuffix(".00") for amount in (step.pays, step.bonus))
        if not step.bonus:
            return self.look.t("Pay {pays}").format(pays=pays)
        return self.look.t("Pay {pays} + {gift}").format(pays=pays, gift=gift)
