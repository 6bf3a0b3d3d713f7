"""The form of one hand in the drawer: how much, why, and Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from storeapp.domain.drawer import CashKind
from storeapp.ui import wording
from storeapp.ui.notices import notice, sentence
from storeapp.ui.shift.moving import REASONS, MovePresenter, MoveState
from storeapp.ui.shift.reason_field import ReasonField
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import AmountField
from storeapp.ui.widgets.labels import Elided, label
from storeapp.ui.widgets.pad import NumberPad
from storeapp.ui.window import Window
from storeapp.words import Words


class MoveForm(QFrame):
    """Draws one MoveState. Enter goes from the amount to the reason, and books it from there."""

    def __init__(self, window: Window, presenter: MovePresenter, *, beep: Callable[[], None]) -> None:
        super().__init__()
        self._window, self._presenter, self._look, self.beep = window, presenter, window.look, beep
        look, _, state = self._look, self._look.t, presenter.state
        self.setProperty("kind", "card")
        self._amount = AmountField(look, _("Amount"), compact=True)
        self._amount.edited.connect(presenter.type)
        self._amount.submitted.connect(self._go_on)
        self._reason = ReasonField(look)
        self._reason.show_usual(REASONS[state.kind])
        self._reason.edited.connect(presenter.because)
        self._reason.submitted.connect(presenter.confirm)
        self._confirm = KeyButton(look, _("Book it"), "check", kind="primary")
        self._confirm.clicked.connect(presenter.confirm)
        lines = card.column(look, self, margin=(18, 14, 18, 16), gap=10)
        lines.addWidget(Elided(move_said(state.kind, look.words), "title"))
        lines.addWidget(self._amount)
        lines.addWidget(self._reason)
        self._pad = NumberPad(look, self._amount.edit)
        hint = label(_("The drawer opens, and the reason is on record."), "secondary", "muted", wrap=True)
        lines.addWidget(hint)
        lines.addWidget(self._pad, 1)
        if not state.has_amount:
            self._amount.hide()
            self._pad.hide()
            lines.addStretch(1)
        lines.addWidget(self._confirm)
        self.setFocusProxy(self._reason if not state.has_amount else self._amount)
        presenter.bind(self)

    def first_focus(self) -> QWidget:
        return self._amount.edit if self._presenter.state.has_amount else self._reason.edit

    def confirm(self) -> None:
        self._presenter.confirm()

    def show_move(self, state: MoveState) -> None:
        fault = sentence(state.refused, self._look.words) if state.refused is not None else ""
        self._amount.set_text(state.typed)
        self._amount.show_fault(fault if state.is_about_amount else "")
        self._reason.set_text(state.reason)
        self._reason.show_fault("" if state.is_about_amount and state.has_amount else fault)
        self._confirm.setEnabled(not state.is_saving)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self._look.words))

    def _go_on(self) -> None:
        """From the amount to the reason where one is wanted and there is none yet."""
        state = self._presenter.state
        if state.needs_reason and not state.reason.strip():
            self._reason.edit.setFocus()
        else:
            self._presenter.confirm()


def move_said(kind: CashKind, words: Words) -> str:
    """What is about to be done with the drawer."""
    return words.t("Open the drawer") if kind == "no_sale" else wording.cash_kind(kind, words)
