"""The sheet that tops up: a step or an amount, Enter, how she pays, Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from storeapp.domain.money import yuan
from storeapp.domain.top_up import Step
from storeapp.ui import wording
from storeapp.ui.notices import notice, sentence
from storeapp.ui.topup.presenter import WAYS, TopUpPresenter, TopUpState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.choice import Choice
from storeapp.ui.widgets.field import AmountField
from storeapp.ui.widgets.labels import RIGHT, Elided, label
from storeapp.ui.widgets.sheet import Sheet
from storeapp.ui.window import Window

_DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6)


class TopUpSheet(Sheet):
    """Draws one TopUpState."""

    def __init__(self, window: Window, presenter: TopUpPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(look, _("Top up"), "wallet")
        self._window, self._presenter, self.beep = window, presenter, beep
        self._tiles: list[KeyButton] = []
        self._has_entered = False
        self._amount = AmountField(look, _("She pays in"))
        self._sums: dict[str, QLabel] = {}
        # without a line above it: the ways to pay speak for themselves, and the place is small
        self._way = Choice(look, "", [(way, wording.tender(way, look.words)) for way in WAYS])
        self._way.setAccessibleName(_("She pays by"))
        # the ring around the chosen one wants a little more than the buttons ask for
        self._way.setMinimumHeight(look.px(52))
        self._confirm = KeyButton(look, "", "check", kind="primary")
        self.body.addWidget(self._her())
        if presenter.state.tiles:
            self.body.addLayout(self._steps())
        self.body.addWidget(self._amount)
        self.body.addWidget(self._outcome())
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_digit = event.key() in _DIGITS and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_digit:
            self._choose(_DIGITS.index(Qt.Key(event.key())))
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
        self._sums["gift"].setText(f"+{wording.money(state.gift)}")
        self._sums["after"].setText(wording.money(state.after))
        chosen = [step.pays for step in state.tiles]
        for place, tile in enumerate(self._tiles):
            tile.setChecked(chosen[place] == state.amount)
        self._confirm.setText(_("Take {amount}").format(amount=wording.money(state.amount)))
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
        made = card.frame("tinted")
        lines = card.column(look, made, margin=(14, 10, 14, 10), gap=4)
        lines.addWidget(Elided(" · ".join(filter(None, (state.name, state.phone))), "body", "brand", strong=True))
        held = look.t("Holds {amount}: {principal} paid in, {bonus} given").format(
            amount=wording.money(state.standing.held),
            principal=wording.money(state.standing.principal),
            bonus=wording.money(state.standing.bonus),
        )
        lines.addWidget(label(held, "secondary", "brand", wrap=True))
        return made

    def _steps(self) -> QGridLayout:
        look, grid = self.look, QGridLayout()
        grid.setSpacing(look.px(8))
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

    def _outcome(self) -> QFrame:
        look, _ = self.look, self.look.t
        made = card.frame("sunken")
        lines = card.column(look, made, margin=(14, 10, 14, 10), gap=6)
        for name, words, kind in (("gift", _("Given on top"), "body"), ("after", _("Holds then"), "total")):
            line = card.row(look, gap=8)
            line.addWidget(label(words, "secondary", "muted"), 1)
            self._sums[name] = label("", kind, strong=kind == "total")
            self._sums[name].setAlignment(RIGHT)
            line.addWidget(self._sums[name])
            lines.addLayout(line)
        return made
