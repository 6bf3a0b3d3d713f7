"""The sheet that opens a shift. Nothing is locked meanwhile: goods can be rung up beside it, and Esc takes it away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from storeapp.ui import wording
from storeapp.ui.notices import notice, sentence
from storeapp.ui.shift.count_grid import CountGrid
from storeapp.ui.shift.opening import OpeningPresenter, OpeningState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import AmountField
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.own_keys import OwnKeys
from storeapp.ui.widgets.pad import NumberPad
from storeapp.ui.widgets.sheet import Sheet
from storeapp.ui.window import Window

TURN = "Ctrl+N"


class OpeningSheet(Sheet):
    """Draws one OpeningState. Enter opens the shift; Ctrl+N turns from the sum to notes and coins."""

    def __init__(self, window: Window, presenter: OpeningPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(look, _("Open a shift"), "cash-register")
        self._window, self._presenter, self.beep = window, presenter, beep
        self._why = label("", "secondary", "muted", wrap=True)
        self._field = AmountField(look, _("In the drawer"), compact=True)
        self._field.edited.connect(presenter.type)
        self._field.submitted.connect(presenter.confirm)
        self._pad = NumberPad(look, self._field.edit)
        self._grid = CountGrid(look, is_narrow=True)
        self._grid.asked.connect(self._pad.aim)
        self._grid.counted.connect(presenter.count)
        self._grid.submitted.connect(presenter.confirm)
        self._turn = KeyButton(look, "", "coin-yuan", cap=TURN, kind="small")
        self._turn.clicked.connect(presenter.turn)
        self._open = KeyButton(look, "", "check", kind="primary")
        self._open.clicked.connect(presenter.confirm)
        self._was_by_piece: bool | None = None
        self._keys = OwnKeys(self, {TURN: presenter.turn})
        self._lay_out()
        presenter.bind(self)

    def first_focus(self) -> QWidget | None:
        return self._grid.first if self._presenter.state.counting.by_piece else self._field.edit

    def show_state(self, state: OpeningState) -> None:
        _, words, by_piece = self.look.t, self.look.words, state.counting.by_piece
        fault = sentence(state.refused, words) if state.refused is not None else ""
        self._why.setText(self._reason(state))
        self._field.set_text(state.counting.typed)
        self._field.edit.setPlaceholderText("" if state.proposed is None else wording.bare(state.proposed))
        self._field.show_fault(fault)
        self._grid.show_counting(state.counting)
        self._grid.show_fault(fault)
        amount = state.amount
        self._turn.setText(_("Type the sum") if by_piece else _("Count notes and coins"))
        self._open.setText(_("Open with {amount}").format(amount="—" if amount is None else wording.money(amount)))
        self._open.setEnabled(not state.is_saving)
        if by_piece != self._was_by_piece:
            # what goes makes room first: a window that has to grow for a moment stays grown
            for part in (self._why, self._field) if by_piece else (self._grid,):
                part.hide()
            for part in (self._grid,) if by_piece else (self._why, self._field):
                part.show()
            self._pad.aim(self._grid.first if by_piece else self._field.edit)
            if self._was_by_piece is not None:
                (self.first_focus() or self).setFocus()
            self._was_by_piece = by_piece

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    # inside

    def _reason(self, state: OpeningState) -> str:
        _ = self.look.t
        if state.proposed is None:
            return _("Nobody counted the drawer when the last shift ended. Count it now.")
        if state.required:
            return _("A shift comes before the first sale: say what lies in the drawer.")
        return _("Say what lies in the drawer.")

    def _lay_out(self) -> None:
        self.body.setSpacing(self.look.px(6))
        for part in (self._why, self._field, self._grid):
            self.body.addWidget(part)
        self.body.addWidget(self._pad, 1)
        foot = card.column(self.look, gap=8)
        foot.addWidget(self._turn)
        foot.addWidget(self._open)
        self.body.addLayout(foot)
