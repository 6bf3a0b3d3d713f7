"""Counting at the end of a shift: notes and coins on the left, what they come to on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from storeapp.domain.money import Money
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused
from storeapp.till.unclear import Unclear
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import sentence
from storeapp.ui.shift.closing import ClosingPresenter, ClosingState
from storeapp.ui.shift.count_grid import CountGrid
from storeapp.ui.shift.counting import sum_so_far
from storeapp.ui.widgets import card
from storeapp.ui.widgets.amount import BigAmount
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import AmountField
from storeapp.ui.widgets.labels import Elided, label
from storeapp.ui.widgets.pad import NumberPad

TURN, UNCOUNTED, GO_ON = "Ctrl+N", "F8", "F9"
_RIGHT_PX = 380
_UNCLEAR_SHOWN = 3


class CountView(QWidget):
    """Draws a ClosingState while it is counted."""

    def __init__(self, look: Look, presenter: ClosingPresenter, state: ClosingState) -> None:
        super().__init__()
        self._look, self._presenter = look, presenter
        _ = look.t
        self._grid = CountGrid(look)
        self._grid.counted.connect(presenter.count)
        self._grid.submitted.connect(self._after_cash)
        self._sum_field = AmountField(look, _("Cash in the drawer"), compact=True)
        self._sum_field.edited.connect(presenter.type)
        self._sum_field.submitted.connect(self._after_cash)
        self._others = {tender: self._other(tender) for tender in state.others}
        self._total = BigAmount(look, "text", 40)
        self._expected = Elided("", "body", "muted")
        self._expected.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._pad = NumberPad(look, self._grid.first)
        self._grid.asked.connect(self._pad.aim)
        self._turn = KeyButton(look, "", "coin-yuan", cap=TURN)
        self._turn.clicked.connect(presenter.turn)
        self._skip = KeyButton(look, _("Close without counting"), "minus", cap=UNCOUNTED)
        self._skip.clicked.connect(presenter.uncounted)
        self._done = KeyButton(look, _("The count is done"), "check", cap=GO_ON, kind="primary")
        self._done.clicked.connect(presenter.counted)
        self._was_by_piece: bool | None = None
        row = card.row(look, self, gap=12)
        row.addWidget(self._left(state), 1)
        row.addWidget(self._right())

    def first_focus(self) -> QLineEdit:
        return self._grid.first if self._presenter.state.counting.by_piece else self._sum_field.edit

    def show_state(self, state: ClosingState) -> None:
        _, words, by_piece = self._look.t, self._look.words, state.counting.by_piece
        fault = sentence(state.refused, words) if isinstance(state.refused, Refused) else ""
        self._grid.show_counting(state.counting)
        self._grid.show_fault(fault)
        self._sum_field.set_text(state.counting.typed)
        self._sum_field.show_fault(fault)
        for tender, field in self._others.items():
            field.set_text(state.typed.get(tender, ""))
        self._total.show_amount(wording.money(sum_so_far(state.counting)), "text")
        cash = state.expected.get("cash")
        hidden = _("The expected amount is shown after the count.")
        shown = hidden if cash is None else _("Expected {amount}").format(amount=wording.money(Money(cash)))
        self._expected.setText(shown)
        self._turn.setText(_("Type the sum") if by_piece else _("Count notes and coins"))
        self._done.setEnabled(not state.is_saving)
        if by_piece != self._was_by_piece:
            self._grid.setVisible(by_piece)
            self._sum_field.setVisible(not by_piece)
            self._pad.aim(self.first_focus())
            if self._was_by_piece is not None:
                self.first_focus().setFocus()
            self._was_by_piece = by_piece

    # inside

    def _left(self, state: ClosingState) -> QFrame:
        look, _ = self._look, self._look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=(18, 12, 18, 14), gap=10)
        lines.addWidget(self._grid)
        lines.addWidget(self._sum_field)
        if self._others:
            lines.addWidget(label(_("Slips and lists, if somebody counts them"), "body", strong=True))
            fields = card.row(look, gap=12)
            for field in self._others.values():
                fields.addWidget(field, 1)
            lines.addLayout(fields)
        lines.addStretch(1)
        if state.unclear:
            lines.addWidget(unclear_box(look, state.unclear))
        return made

    def _right(self) -> QFrame:
        look, _ = self._look, self._look.t
        made = card.frame("card")
        made.setFixedWidth(look.px(_RIGHT_PX))
        lines = card.column(look, made, margin=(18, 12, 18, 16), gap=8)
        lines.addWidget(Elided(_("Cash counted"), "secondary", "muted"))
        lines.addWidget(self._total)
        lines.addWidget(self._expected)
        lines.addWidget(self._pad, 1)
        for button in (self._turn, self._skip, self._done):
            lines.addWidget(button)
        return made

    def _other(self, tender: TenderKind) -> AmountField:
        made = AmountField(self._look, wording.tender(tender, self._look.words), compact=True)
        made.edited.connect(lambda text, tender=tender: self._presenter.type_other(tender, text))
        made.submitted.connect(lambda tender=tender: self._after(tender))
        return made

    def _after_cash(self) -> None:
        """Enter in the last field of the cash: on to the slips, or counted."""
        first = next(iter(self._others.values()), None)
        if first is None:
            self._presenter.counted()
        else:
            first.edit.setFocus()

    def _after(self, tender: TenderKind) -> None:
        places = list(self._others)
        place = places.index(tender) + 1
        if place < len(places):
            self._others[places[place]].edit.setFocus()
        else:
            self._presenter.counted()


def unclear_box(look: Look, items: tuple[Unclear, ...]) -> QFrame:
    """Payments nobody is sure of: named at the end of the day, and in nobody's way."""
    words = look.words
    made = card.frame("warning")
    lines: QVBoxLayout = card.column(look, made, margin=(14, 10, 14, 10), gap=2)
    said = words.n("{count} payment is still unclear.", "{count} payments are still unclear.", len(items))
    stays = look.t("They stay on their list ({key}); the shift closes all the same.")
    lines.addWidget(label(said.format(count=len(items)), "body", "amber", strong=True))
    for item in items[:_UNCLEAR_SHOWN]:
        name = wording.tender(item.kind, words)
        lines.addWidget(
            Elided(
                f"{wording.moment_clock(item.at)} · {name} · {wording.money(item.amount)} · {item.trade_number[-8:]}"
            )
        )
    lines.addWidget(label(stays.format(key=look.cap("unclear")), "secondary", "muted", wrap=True))
    return made
