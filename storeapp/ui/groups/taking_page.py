"""Where orders are written down: one at the counter, or the leader's whole list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFileDialog, QFrame, QPlainTextEdit

from storeapp.domain.quantity import as_decimal
from storeapp.ui import group_words, wording
from storeapp.ui.groups.taking import OrderPresenter, OrderState, PastePresenter, PasteState
from storeapp.ui.look import Look
from storeapp.ui.notices import notice
from storeapp.ui.page import WritingPage
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window

TAKE, TAKE_GOOD, FILE = "Ctrl+G", "Ctrl+K", "Ctrl+O"


class OrderPage(WritingPage):
    """Who, Enter, what, Enter: the order stands, and its slip is printing."""

    def __init__(self, window: Window, presenter: OrderPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, f"{look.t('New order')} · {presenter.sheet.name}", "users")
        self._presenter, self.beep = presenter, beep
        self._who = Field(look, look.t("Phone or name"), hint=look.t("a member by her phone, or a name"))
        self._what = Field(
            look, look.t("What and how many"), hint=look.t("such as Tea 2 Apples 1; a scanned code is one")
        )
        self._lines = RowList(look, look.t("What is ordered"))
        self._total = label("", "title", strong=True)
        self._save = KeyButton(look, look.t("Take the order and print its slip"), "check", kind="primary", cap=TAKE)
        made = card.frame("card")
        lines = card.column(look, made, margin=16, gap=12)
        lines.addWidget(self._who)
        lines.addWidget(self._what)
        lines.addWidget(self._lines, 1)
        lines.addWidget(self._total)
        lines.addWidget(self._save)
        columns = card.row(look, gap=12)
        columns.addWidget(made, 13)
        columns.addWidget(_offered(look, presenter), 10)
        self.body.addLayout(columns, 1)
        self._who.edited.connect(presenter.type_who)
        self._what.edited.connect(presenter.type_what)
        self._who.submitted.connect(self._what.edit.setFocus)
        self._what.submitted.connect(presenter.save)
        self._save.clicked.connect(presenter.save)
        self.on_key(TAKE, presenter.save)
        presenter.bind(self)
        self.setFocusProxy(self._who)

    @property
    def is_changed(self) -> bool:
        state = self._presenter.state
        return bool(state.who or state.what)

    def show_state(self, state: OrderState) -> None:
        words = self.look.words
        self._who.set_text(state.who)
        self._what.set_text(state.what)
        misread = "" if state.misread is None else group_words.not_understood(state.misread, words)
        self._what.show_fault(misread)
        self._lines.show_rows(
            [
                Row(line.code, line.name, f"× {as_decimal(line.milli)}", wording.money(line.amount))
                for line in state.lines
            ]
        )
        self._total.setText(wording.money(state.total) if state.lines else "")
        self._save.setEnabled(not state.is_saving)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))


class PastePage(WritingPage):
    """The list as it was pasted, or its file; beside it what was understood, and every line that was not."""

    def __init__(self, window: Window, presenter: PastePresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, f"{_title(look)} · {presenter.sheet.name}", "file-import")
        self._presenter, self.beep = presenter, beep
        self._text = QPlainTextEdit()
        self._text.setAccessibleName(look.t("The list, as it was pasted"))
        self._text.setPlaceholderText(look.t("1. Anna Tea 2 Apples 1"))
        self._text.setTabChangesFocus(True)
        self._file = label("", "body", "muted", wrap=True)
        self._sums = label("", "body", strong=True, wrap=True)
        self._found = RowList(look, look.t("What was not understood"))
        self._take = KeyButton(look, look.t("Take the list in"), "check", kind="primary", cap=TAKE)
        self._good = KeyButton(look, look.t("Only what was understood"), "check", cap=TAKE_GOOD)
        choose = KeyButton(look, look.t("List from a file"), "file-import", cap=FILE)
        left, right = card.frame("card"), card.frame("card")
        said = look.t("Paste the list of the group, or cells of a table with name, goods and quantity.")
        lines = card.column(look, left, margin=16, gap=10)
        lines.addWidget(label(said, "secondary", "muted", wrap=True))
        lines.addWidget(self._text, 1)
        lines.addWidget(self._file)
        lines.addWidget(choose)
        lines = card.column(look, right, margin=16, gap=10)
        lines.addWidget(self._sums)
        lines.addWidget(self._found, 1)
        lines.addWidget(self._good)
        lines.addWidget(self._take)
        columns = card.row(look, gap=12)
        columns.addWidget(left, 12)
        columns.addWidget(right, 11)
        self.body.addLayout(columns, 1)
        self._text.textChanged.connect(lambda: presenter.type(self._text.toPlainText()))
        for key, button, deed in (
            (TAKE, self._take, presenter.save),
            (TAKE_GOOD, self._good, partial(presenter.save, skip_bad=True)),
            (FILE, choose, self._choose_file),
        ):
            self.on_key(key, deed)
            button.clicked.connect(lambda _checked=False, deed=deed: deed())
        presenter.bind(self)
        self.setFocusProxy(self._text)

    @property
    def is_changed(self) -> bool:
        state = self._presenter.state
        return bool(state.text.strip() or state.file)

    def take(self, file: str) -> None:
        """The list in that file."""
        self._presenter.read_file(file)

    def show_state(self, state: PasteState) -> None:
        t, taken = self.look.t, state.taken
        if self._text.toPlainText() != state.text:
            blocked = self._text.blockSignals(True)
            self._text.setPlainText(state.text)
            self._text.blockSignals(blocked)
        self._file.setText(
            t("Read from {file}. Whoever types here takes a list by hand instead.").format(file=state.file)
        )
        self._file.setVisible(bool(state.file))
        misread = () if taken is None else taken.misread
        self._found.show_rows(self._rows(state))
        self._found.setVisible(bool(misread))
        can = taken is not None and bool(taken.new or taken.changed) and not state.is_saving
        self._take.setEnabled(can and not misread)
        self._good.setEnabled(can and bool(misread))
        if taken is None:
            self._sums.setText("")
            return
        said = t("{new} new, {changed} changed, {same} as before, {bad} lines not understood.")
        bad = len({each.row for each in misread})
        sums = {"new": len(taken.new), "changed": len(taken.changed), "same": len(taken.same)}
        self._sums.setText(said.format(**sums, bad=bad))

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def _choose_file(self) -> None:
        file, _filter = QFileDialog.getOpenFileName(
            self, self.look.t("List from a file"), "", "CSV, XLSX (*.csv *.xlsx *.txt)"
        )
        if file:
            self.take(file)

    def _rows(self, state: PasteState) -> Sequence[Row]:
        taken, words = state.taken, self.look.words
        return [
            Row(str(n), self.look.t("Line {row}").format(row=each.row), group_words.not_understood(each, words))
            for n, each in enumerate(() if taken is None else taken.misread)
        ]


def _title(look: Look) -> str:
    return look.t("The leader's list")


def _offered(look: Look, presenter: OrderPresenter) -> QFrame:
    """What is on the sheet, to be read while one types."""
    made = card.frame("card")
    rows = RowList(look, look.t("Goods on the sheet"))
    shown = []
    for goods in presenter.sheet.goods:
        limits = [look.t("{n} each").format(n=goods.per_person)] if goods.per_person else []
        limits += [look.t("{n} in all").format(n=goods.in_all)] if goods.in_all else []
        shown.append(
            Row(goods.code, presenter.names[goods.code], goods.code, wording.money(goods.price), " · ".join(limits))
        )
    rows.show_rows(shown)
    lines = card.column(look, made, margin=(1, 12, 1, 8), gap=8)
    head = card.row(look, margin=(16, 0, 16, 0))
    head.addWidget(label(look.t("Goods on the sheet"), "secondary", "muted"))
    lines.addLayout(head)
    lines.addWidget(rows, 1)
    return made
