"""The sheet of open prints: Enter prints once more, Del leaves it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from storeapp.domain.printing import PrintJob
from storeapp.ui import wording
from storeapp.ui.notices import notice
from storeapp.ui.receipt.prints import PrintsPresenter, PrintsState
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.widgets.sheet import DeletingSheet
from storeapp.ui.window import Window


class PrintsSheet(DeletingSheet):
    """Draws one PrintsState."""

    def __init__(self, window: Window, presenter: PrintsPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(look, _("Unsure prints"), "printer-off")
        self._window, self._presenter, self.beep = window, presenter, beep
        self._said = label("", "secondary", "muted", wrap=True)
        self._list = RowList(look, _("Unsure prints"))
        self._list.chosen.connect(lambda job_id: presenter.answer(job_id, print_again=True))
        self._leave = KeyButton(look, _("It was printed: leave it"), "check", cap="Del")
        self._leave.clicked.connect(lambda: presenter.answer(self.current(), print_again=False))
        self._again = KeyButton(look, _("Print again"), "printer", kind="primary")
        self._again.clicked.connect(self._list.choose_current)
        self.body.addWidget(self._said)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._leave)
        self.body.addWidget(self._again)
        presenter.bind(self)

    def first_focus(self) -> QWidget:
        return self._list

    def outside_changed(self) -> None:
        self._presenter.refresh()

    def current(self) -> str:
        row = self._list.currentIndex().row()
        asked = self._presenter.state.asked
        return asked[row].job_id if 0 <= row < len(asked) else ""

    def delete_pressed(self) -> None:
        self._presenter.answer(self.current(), print_again=False)

    def show_state(self, state: PrintsState) -> None:
        _ = self.look.t
        asked = len(state.asked)
        if asked:
            said = _("Look at the paper. What is printed again is marked as a copy.")
        elif state.waiting:
            waiting = self.look.words.n("{count} print waits.", "{count} prints wait.", len(state.waiting))
            said = waiting.format(count=len(state.waiting))
        else:
            said = _("Everything is on paper.")
        self._said.setText(said)
        self._list.show_rows([self._row(job) for job in state.asked], max(0, self._list.currentIndex().row()))
        for button in (self._leave, self._again):
            button.setEnabled(asked > 0)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def _row(self, job: PrintJob) -> Row:
        words = self.look.words
        tone = "amber" if job.may_have_printed else "red"
        said = self.look.t("may be printed") if job.may_have_printed else self.look.t("not printed")
        is_report = job.kind in ("x", "z")
        kind = wording.job_kind(job.kind, words)
        title = f"{kind} {job.receipt}" if is_report else job.receipt or kind
        detail = f"{wording.moment_clock(job.created_at)} · {wording.print_reason(job.reason, words)}"
        return Row(job.job_id, title, detail, tag=said, tag_tone=tone, icon="receipt")
