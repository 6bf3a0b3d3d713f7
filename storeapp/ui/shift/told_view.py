"""After the count: expected, counted and the difference, why, what stays in the drawer, and the last key."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import sentence
from storeapp.ui.shift.closing import REASONS, ClosingPresenter, ClosingState, DifferenceUnexplained
from storeapp.ui.shift.count_view import unclear_box
from storeapp.ui.shift.reason_field import ReasonField
from storeapp.ui.shift.report_view import tender_lines
from storeapp.ui.shift.table import Table
from storeapp.ui.widgets import card
from storeapp.ui.widgets.amount import BigAmount
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import AmountField
from storeapp.ui.widgets.labels import Elided, label, set_tone
from storeapp.ui.widgets.pad import NumberPad

CLOSE, ANYWAY = "F9", "F8"
_RIGHT_PX = 380


class ToldView(QWidget):
    """Draws a ClosingState once the count is on record. Enter goes from why to what stays, and closes from there."""

    def __init__(self, look: Look, presenter: ClosingPresenter, state: ClosingState) -> None:
        super().__init__()
        self._look, self._presenter = look, presenter
        _ = look.t
        self._name, self._difference = Elided("", "secondary", "muted"), BigAmount(look, "text", 40)
        self._word = label("", "body", "muted", wrap=True)
        self._table = Table(look, (_("Way to pay"), _("Expected"), _("Counted"), _("Difference")))
        self._reason = ReasonField(look)
        self._reason.show_usual(REASONS)
        self._reason.edited.connect(presenter.because)
        self._left_field = AmountField(look, _("Stays in the drawer; empty is all of it"), compact=True)
        self._left_field.edited.connect(presenter.leave)
        self._left_field.submitted.connect(presenter.close)
        self._reason.submitted.connect(self._left_field.edit.setFocus)
        self._anyway = KeyButton(look, _("Close; nobody here agrees"), "minus", cap=ANYWAY)
        self._anyway.clicked.connect(presenter.close_anyway)
        self._close = KeyButton(look, "", "check", cap=CLOSE, kind="primary")
        self._close.clicked.connect(presenter.close)
        row = card.row(look, self, gap=12)
        row.addWidget(self._result(state), 1)
        row.addWidget(self._deeds())

    def first_focus(self) -> QLineEdit:
        return self._left_field.edit if self._presenter.state.reckoning.adds_up else self._reason.edit

    def show_state(self, state: ClosingState) -> None:
        _, words, reckoning = self._look.t, self._look.words, state.reckoning
        self._table.show_lines(tender_lines(reckoning.rows, words, hides_expected=state.hides_expected))
        off = reckoning.difference_fen
        is_counted = bool(reckoning.differences)
        self._name.setText(_("Difference"))
        tone = "brand" if reckoning.adds_up else "red"
        self._difference.show_amount(signed(off) if is_counted else "—", tone if is_counted else "faint")
        self._word.setText(self._verdict(state))
        set_tone(self._word, "red" if reckoning.wants_yes else "muted")
        self._show_fault(state)
        self._reason.set_text(state.reason)
        self._reason.setVisible(not reckoning.adds_up)
        self._left_field.set_text(state.left)
        cash = next((row.counted_fen for row in reckoning.rows if row.tender == "cash"), None)
        self._left_field.edit.setPlaceholderText("" if cash is None else wording.bare(Money(cash)))
        self._anyway.setVisible(reckoning.wants_yes)
        self._close.setText(_("Ask and close") if reckoning.wants_yes else _("Close the shift"))
        for button in (self._close, self._anyway):
            button.setEnabled(not state.is_saving)

    # inside

    def _verdict(self, state: ClosingState) -> str:
        _, reckoning = self._look.t, state.reckoning
        if not reckoning.differences:
            return _("Nobody counted. The next shift begins with a count.")
        if reckoning.adds_up:
            return _("It adds up.")
        if reckoning.wants_yes:
            return _("More than a cashier settles alone: somebody who may agrees, or it closes as not agreed to.")
        return _("A small difference. Say why, and close.")

    def _show_fault(self, state: ClosingState) -> None:
        fault = "" if state.refused is None else sentence(state.refused, self._look.words)
        is_reason = isinstance(state.refused, DifferenceUnexplained)
        self._reason.show_fault(fault if is_reason else "")
        self._left_field.show_fault("" if is_reason else fault)

    def _result(self, state: ClosingState) -> QFrame:
        look = self._look
        made = card.frame("card")
        lines = card.column(look, made, margin=(18, 12, 18, 14), gap=10)
        for part in (self._name, self._difference, self._word):
            lines.addWidget(part)
        lines.addWidget(self._table)
        lines.addStretch(1)
        if state.unclear:
            lines.addWidget(unclear_box(look, state.unclear))
        return made

    def _deeds(self) -> QFrame:
        look = self._look
        made = card.frame("card")
        made.setFixedWidth(look.px(_RIGHT_PX))
        lines = card.column(look, made, margin=(18, 12, 18, 16), gap=10)
        lines.addWidget(self._reason)
        lines.addWidget(self._left_field)
        lines.addWidget(NumberPad(look, self._left_field.edit), 1)
        lines.addWidget(self._anyway)
        lines.addWidget(self._close)
        return made


def signed(fen: int) -> str:
    """`+¥5.00`, `−¥5.00`, `¥0.00`."""
    return f"+{wording.money(Money(fen))}" if fen > 0 else wording.money(Money(fen))
