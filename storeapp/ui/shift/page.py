"""The page of shifts: the report on the left, what may be done on the right; counting takes all of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from storeapp.domain.drawer import CashKind
from storeapp.domain.money import NotAnAmount
from storeapp.ui.page import Page
from storeapp.ui.shift.closing import ClosingPresenter, ClosingState
from storeapp.ui.shift.count_view import CountView
from storeapp.ui.shift.move_form import MoveForm, move_said
from storeapp.ui.shift.presenter import ShiftPresenter, ShiftState
from storeapp.ui.shift.report_view import ReportView
from storeapp.ui.shift.told_view import ToldView
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Picture, label
from storeapp.ui.window import Window
from storeapp.words import N_

_RIGHT_PX = 380
MOVES: tuple[tuple[CashKind, str, str], ...] = (
    ("cash_in", "F2", "plus"),
    ("cash_out", "F3", "minus"),
    ("expense", "F4", "receipt-yuan"),
    ("drop", "F5", "lock"),
    ("no_sale", "F6", "inbox"),
)
MAIN, OTHER, TURN, PRINT, PDF, EARLIER, LATER = "F9", "F8", "Ctrl+N", "Ctrl+P", "F7", "PgUp", "PgDown"
DONE = {
    "cash_in": N_("Cash in is on record."),
    "cash_out": N_("Cash out is on record."),
    "expense": N_("The expense is on record."),
    "drop": N_("What went to the safe is on record."),
    "no_sale": N_("The drawer opens; it is on record."),
    "printing": N_("Printing the report."),
    "closed": N_("The shift is closed. Z {number} is being printed."),
}


class ShiftPage(Page):
    """Draws one ShiftState. Esc takes back what was begun, and only then leaves. `opening` asks for a new shift."""

    opening = Signal()

    def __init__(self, window: Window, presenter: ShiftPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("Shift and drawer"), "cash-register")
        self._presenter, self.beep = presenter, beep
        self._form: MoveForm | None = None
        self._closing: ClosingPresenter | None = None
        self._step: CountView | ToldView | None = None
        self._moves = [
            KeyButton(look, move_said(kind, look.words), icon, cap=key, kind="big") for kind, key, icon in MOVES
        ]
        self._earlier = KeyButton(look, look.t("Earlier"), "chevron-left", cap=EARLIER)
        self._later = KeyButton(look, look.t("Later"), "chevron-right", cap=LATER)
        self._print = KeyButton(look, look.t("Print it"), "printer", cap=PRINT)
        self._pdf = KeyButton(look, look.t("Save PDF"), "note", cap=PDF)
        self._main = KeyButton(look, "", "check", cap=MAIN, kind="primary")
        self._report, self._none = ReportView(look), self._nothing()
        self._side, self._whole = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._listen()
        presenter.bind(self)
        self.setFocusProxy(self._main)

    def begin_count(self) -> None:
        """Straight to the count."""
        self._closing = self._presenter.close()
        if self._closing is not None:
            self._closing.bind(self)

    def may_leave(self) -> bool:
        if self._closing is None and self._form is None:
            return True
        self._end_step()
        self._end_form()
        self._main.setFocus()
        return False

    def take_scan(self, code: str) -> bool:
        """Goods have no business here, and a barcode is no amount."""
        self.beep()
        self.tell(NotAnAmount(code[:40]))
        return True

    # what the presenters show

    def show_state(self, state: ShiftState) -> None:
        _ = self.look.t
        self._report.setVisible(state.report is not None)
        self._none.setVisible(state.report is None)
        if state.report is not None:
            self._report.show_report(state.report, state.names, hides_expected=state.hides_expected)
        for button in self._moves:
            button.setEnabled(state.is_open)
        self._earlier.setEnabled(state.number > 1)
        self._later.setEnabled(state.number < state.latest)
        for button in (self._print, self._pdf):
            button.setEnabled(state.report is not None)
        self._main.setText(_("Count and close") if state.is_open else _("Open a shift"))

    def show_closing(self, state: ClosingState) -> None:
        closing = self._closing
        if closing is None:
            return
        kind = CountView if state.step == "count" else ToldView
        if not isinstance(self._step, kind):
            self._drop_step()
            self._step = kind(self.look, closing, state)
            self._whole.addWidget(self._step)
            self._whole.setCurrentWidget(self._step)
            self._step.show_state(state)
            self._step.first_focus().setFocus()
        else:
            self._step.show_state(state)

    def done(self, word: str, number: int = 0) -> None:
        if word == "closed":
            self._end_step()
        elif word != "printing":
            self._end_form()
        self._main.setFocus()
        self.say(self.look.t(DONE[word]).format(number=number))

    def kept(self, file: str) -> None:
        said = self.look.t("The report is kept in {file}.").format(file=file)
        self.say(said)

    # inside

    def _listen(self) -> None:
        for (kind, key, _icon), button in zip(MOVES, self._moves, strict=True):
            self._bind(key, button, partial(self._move, kind))
        self._bind(EARLIER, self._earlier, partial(self._turn, -1))
        self._bind(LATER, self._later, partial(self._turn, 1))
        self._bind(PRINT, self._print, self._print_it)
        self._bind(PDF, self._pdf, self._keep_it)
        self._bind(MAIN, self._main, self._go_on)
        self.on_key(OTHER, self._other_way, words=self.look.t("Close without counting"))
        self.on_key(TURN, self._turn_count, words=self.look.t("Count notes and coins"))

    def _bind(self, key: str, button: KeyButton, deed: Callable[[], None]) -> None:
        button.clicked.connect(lambda *_: deed())
        self.on_key(key, deed)

    @property
    def _is_busy(self) -> bool:
        """Something has been begun: the keys of the overview rest."""
        return self._closing is not None or self._form is not None

    def _move(self, kind: CashKind) -> None:
        if self._is_busy:
            return
        presenter = self._presenter.move(kind)
        if presenter is not None:
            self._form = MoveForm(self._window, presenter, beep=self.beep)
            self._side.addWidget(self._form)
            self._side.setCurrentWidget(self._form)
            self._form.first_focus().setFocus()

    def _turn(self, by: int) -> None:
        if not self._is_busy:
            self._presenter.turn(by)

    def _print_it(self) -> None:
        if not self._is_busy:
            self._presenter.print_it()

    def _keep_it(self) -> None:
        if not self._is_busy:
            self._presenter.keep_as_pdf()

    def _go_on(self) -> None:
        """The main key of whatever is in sight."""
        if self._form is not None:
            self._form.confirm()
        elif self._closing is not None and isinstance(self._step, ToldView):
            self._closing.close()
        elif self._closing is not None:
            self._closing.counted()
        elif self._presenter.state.is_open:
            self.begin_count()
        else:
            self.opening.emit()

    def _other_way(self) -> None:
        if self._closing is not None and isinstance(self._step, ToldView):
            self._closing.close_anyway()
        elif self._closing is not None:
            self._closing.uncounted()

    def _turn_count(self) -> None:
        if self._closing is not None:
            self._closing.turn()

    def _end_form(self) -> None:
        form, self._form = self._form, None
        if form is not None:
            self._side.removeWidget(form)
            form.hide()
            form.deleteLater()

    def _end_step(self) -> None:
        self._closing = None
        self._drop_step()

    def _drop_step(self) -> None:
        step, self._step = self._step, None
        if step is not None:
            self._whole.removeWidget(step)
            step.hide()
            step.deleteLater()

    def _lay_out(self) -> None:
        look = self.look
        self._side.setFixedWidth(look.px(_RIGHT_PX))
        self._side.addWidget(self._actions())
        overview = QWidget()
        columns = card.row(look, overview, gap=12)
        columns.addWidget(self._report, 1)
        columns.addWidget(self._none, 1)
        columns.addWidget(self._side)
        self._whole.addWidget(overview)
        self.body.addWidget(self._whole, 1)

    def _actions(self) -> QFrame:
        look = self.look
        made = card.frame("card")
        lines = card.column(look, made, margin=(18, 16, 18, 16), gap=8)
        for button in self._moves:
            lines.addWidget(button)
        lines.addStretch(1)
        turns = card.row(look, gap=8)
        turns.addWidget(self._earlier, 1)
        turns.addWidget(self._later, 1)
        lines.addLayout(turns)
        papers = card.row(look, gap=8)
        papers.addWidget(self._print, 1)
        papers.addWidget(self._pdf, 1)
        lines.addLayout(papers)
        lines.addWidget(self._main)
        return made

    def _nothing(self) -> QFrame:
        look = self.look
        made = card.frame("card")
        row = card.row(look, made, gap=12)
        row.addStretch(1)
        row.addWidget(Picture(look, "cash-register", "muted", 40))
        row.addWidget(label(look.t("No shift yet."), "title"))
        row.addStretch(1)
        return made
