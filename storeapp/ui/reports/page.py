"""The page of reports: one at a time, its day turned with PgUp and PgDown, kept as PDF or workbook on one key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QStackedWidget, QWidget

from storeapp.domain.report_sheet import ReportSheet, SheetTable, heading, said
from storeapp.ui import wording
from storeapp.ui.page import Page
from storeapp.ui.promotions.result_view import Figure
from storeapp.ui.reports.presenter import ReportsPresenter, ReportsState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import IconButton, KeyButton
from storeapp.ui.widgets.labels import key_cap, label
from storeapp.ui.widgets.sheet_table import SheetTableView
from storeapp.ui.widgets.tabs import Tabs
from storeapp.ui.window import Window

BEFORE, AFTER, EARLIER, LATER, NOW = "Ctrl+Left", "Ctrl+Right", "PgUp", "PgDown", "Home"
PDF, BOOK, STATEMENT, EVERYTHING = "F7", "F8", "Ctrl+N", "F9"
_FIGURES = 7


class ReportsPage(Page):
    """Draws one ReportsState."""

    def __init__(self, window: Window, presenter: ReportsPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("Reports"), "receipt-yuan")
        self._presenter, self.beep = presenter, beep
        self._drawn: ReportSheet | None = None
        self._shown: QWidget | None = None
        self._tabs = Tabs(look)
        self._tabs.chosen.connect(presenter.show_kind)
        self._pdf = KeyButton(look, look.t("Save PDF"), "download", cap=PDF)
        self._book = KeyButton(look, look.t("Save Excel"), "download", cap=BOOK)
        self._pdf.clicked.connect(lambda: presenter.keep("pdf"))
        self._book.clicked.connect(lambda: presenter.keep("xlsx"))
        bar = card.row(look, gap=8)
        bar.addWidget(self._tabs, 1)
        for made in (key_cap(BEFORE), key_cap(AFTER), self._pdf, self._book):
            bar.addWidget(made)
        self.body.addLayout(bar)
        self._when = self._day_bar()
        self._choose = KeyButton(look, look.t("Choose the statement"), "file-import", cap=STATEMENT)
        self._choose.clicked.connect(self._ask_statement)
        for chosen in (self._when, self._choose):
            self.body.addWidget(chosen, 0, Qt.AlignmentFlag.AlignLeft)
        self._stack, self._waiting = QStackedWidget(), label("", "name", "muted", wrap=True)
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._waiting)
        self.body.addWidget(self._stack, 1)
        self._all = KeyButton(look, look.t("Export everything"), "download", cap=EVERYTHING)
        self._all.clicked.connect(presenter.move_out)
        self._all.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.head.insertWidget(self.head.count() - 1, self._all)
        self._all.setVisible(presenter.may_move_out)
        self._take_keys(presenter)
        presenter.bind(self)

    def show_state(self, state: ReportsState) -> None:
        t, kind = self.look.t, self._presenter.kind
        self._tabs.show_tabs([t(each.words) for each in self._presenter.kinds], state.kind)
        is_day = kind.of == "day"
        self._day.setText(
            wording.day_of_year(state.day, self.look.words)
            if is_day
            else wording.month_of_year(state.day, self.look.words)
        )
        self._later.setEnabled(state.day < state.today)
        self._when.setVisible(bool(kind.of))
        self._choose.setVisible(kind.id == "payments")
        self._choose.setText(state.statement or t("Choose the statement"))
        for button in (self._pdf, self._book):
            button.setEnabled(state.sheet is not None and not state.is_keeping)
        self._all.setEnabled(not state.is_keeping)
        if state.sheet is None:
            self._waiting.setText(t("Reading…") if state.is_reading else "")
            self._stack.setCurrentWidget(self._waiting)
        elif state.sheet is not self._drawn:
            self._draw(state.sheet)

    def kept(self, file: str) -> None:
        self.say(self.look.t("Written to {file}.").format(file=file))

    def _draw(self, sheet: ReportSheet) -> None:
        """The figures side by side, and the tables side by side below them."""
        self._drawn = sheet
        if self._shown is not None:
            self._stack.removeWidget(self._shown)
            self._shown.deleteLater()
        shown = [table for table in sheet.tables if table.rows]
        host = self._shown = QWidget()
        lines = card.column(self.look, host, gap=12)
        for facts in sheet.facts_in_rows(_FIGURES):
            figures = card.row(self.look, gap=8)
            for one in facts:
                figure = Figure(self.look, heading(one.name))
                figure.show_figure(said(one.cell), one.more)
                figures.addWidget(figure, 1)
            lines.addLayout(figures)
        tables = card.row(self.look, gap=12)
        for table in shown:
            tables.addWidget(
                self._framed(table, name=table.title or table.head[0] or self.look.t(self._presenter.kind.words)),
                len(table.head),
            )
        if not shown:
            nothing = label(sheet.nothing, "name", "muted", wrap=True)
            nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
            tables.addWidget(nothing, 1)
        lines.addLayout(tables, 1)
        self._stack.addWidget(host)
        self._stack.setCurrentWidget(host)
        first = host.findChild(SheetTableView)
        self.setFocusProxy(first or self._pdf)
        if self.isVisible():
            (first or self._pdf).setFocus()

    def _framed(self, table: SheetTable, *, name: str) -> QFrame:
        made = card.frame("card")
        view = SheetTableView(self.look)
        view.show_table(table, name)
        card.column(self.look, made, margin=10).addWidget(view)
        return made

    def _day_bar(self) -> QWidget:
        look, presenter = self.look, self._presenter
        made = QWidget()
        row = card.row(look, made, gap=8)
        earlier = IconButton(look, "chevron-left", look.t("The day before"))
        self._later = IconButton(look, "chevron-right", look.t("The next day"))
        earlier.clicked.connect(partial(presenter.go, -1))
        self._later.clicked.connect(partial(presenter.go, 1))
        self._day = label("", "name", strong=True)
        for widget in (earlier, key_cap(EARLIER), self._day, key_cap(LATER), self._later):
            row.addWidget(widget)
        return made

    def _take_keys(self, presenter: ReportsPresenter) -> None:
        t = self.look.t
        self.on_key(BEFORE, lambda: presenter.turn(-1), words=t("The report before"))
        self.on_key(AFTER, lambda: presenter.turn(1), words=t("The next report"))
        self.on_key(EARLIER, lambda: presenter.go(-1), words=t("The day before"))
        self.on_key(LATER, lambda: presenter.go(1), words=t("The next day"))
        self.on_key(NOW, presenter.go_today, words=t("Today"))
        self.on_key(PDF, lambda: presenter.keep("pdf"))
        self.on_key(BOOK, lambda: presenter.keep("xlsx"))
        self.on_key(STATEMENT, self._ask_statement)
        self.on_key(EVERYTHING, presenter.move_out)

    def _ask_statement(self) -> None:
        if self._presenter.kind.id != "payments":
            self.beep()
            return
        title = self.look.t("Choose the statement")
        file, _filter = QFileDialog.getOpenFileName(self, title, "", "CSV, ZIP, XLSX (*.csv *.zip *.xlsx *.txt)")
        if file:
            self._presenter.use_statement(Path(file))
