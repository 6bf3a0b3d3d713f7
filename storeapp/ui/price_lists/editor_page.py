"""The page a price list is written on: its terms on the left, its goods in the middle, one product's price beside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget

from storeapp.ui import wording
from storeapp.ui.page import WritingPage
from storeapp.ui.price_lists.editor import GoodsState, PriceListEditor
from storeapp.ui.price_lists.price_panel import DROP, PricePanel
from storeapp.ui.price_lists.saying import line_row
from storeapp.ui.settings.form_view import FormWidget
from storeapp.ui.sheet_words import price_fault
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window

GOODS, FILE, SAVE = "F1", "Ctrl+O", "Ctrl+S"
_FAULTS_MOST = 3
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PriceListEditorPage(WritingPage):
    """Enter goes from a product to its price and back to the next product; Ctrl+S saves; Esc leaves."""

    def __init__(self, window: Window, presenter: PriceListEditor, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(
            window, look.t("New price list") if presenter.is_new else look.t("Change a price list"), "edit"
        )
        self._presenter, self.beep = presenter, beep
        terms = card.frame("card")
        self._form = FormWidget(window, presenter, beep=beep, cap=SAVE)
        lines = card.column(look, terms, margin=16, gap=8)
        lines.addWidget(self._form, 1)
        lines.addWidget(self._after())
        self._panel = PricePanel(look, presenter)
        columns = card.row(look, gap=12)
        columns.addWidget(terms, 8)
        columns.addWidget(self._goods(), 9)
        columns.addWidget(self._panel, 6)
        self.body.addLayout(columns, 1)
        self.on_key(GOODS, self.ask_goods, words=look.t("Back to the goods"))
        self.on_key(DROP, presenter.drop)
        self.on_key(FILE, self._choose_file)
        self.on_key(SAVE, presenter.save)
        presenter.bind_goods(self)
        self.setFocusProxy(self._form if presenter.is_new else self._field)

    @property
    def is_changed(self) -> bool:
        return self._presenter.state.is_changed

    def show_goods(self, state: GoodsState) -> None:
        words = self.look.words
        self._field.set_text(state.search)
        if state.refused == "no_goods":
            self._field.show_fault(words.t("A price list has at least one product."))
        self._hits.show_rows([Row(hit.code, hit.name, hit.code, wording.money(hit.price)) for hit in state.hits])
        model = self._list.selectionModel()
        blocked = model.blockSignals(True)
        self._list.show_rows([line_row(line, state.floor_percent, words) for line in state.lines], state.selected)
        model.blockSignals(blocked)
        self._list.viewport().update()
        side = self._hits if state.hits else self._list if state.lines else self._none
        self._sides.setCurrentWidget(side)
        told = [price_fault(fault, words) for fault in state.faults[:_FAULTS_MOST]]
        if len(state.faults) > _FAULTS_MOST:
            told.append(words.t("… and {n} more").format(n=len(state.faults) - _FAULTS_MOST))
        self._faults.setText("\n".join(told))
        self._faults.setVisible(bool(told))
        self._panel.show_goods(state)

    def tell_goods(self, error: Exception) -> None:
        self.tell(error)

    def ask_price(self) -> None:
        self._panel.price.edit.setFocus()
        self._panel.price.edit.selectAll()

    def ask_goods(self) -> None:
        self._field.edit.setFocus()

    def take(self, file: str) -> None:
        """The prices in that file."""
        self._presenter.read_file(file)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self._sides.currentWidget() is not self._none:
            shown = self._hits if self._sides.currentWidget() is self._hits else self._list
            shown.step(step)
        else:
            super().keyPressEvent(event)

    def take_scan(self, code: str) -> bool:
        """A scanned code is a product, wherever the focus is."""
        self._presenter.scan(code)
        return True

    def _scanned(self) -> None:
        self._presenter.scan(self._field.text(), max(0, self._hits.currentIndex().row()))

    def _choose_file(self) -> None:
        file, _filter = QFileDialog.getOpenFileName(
            self, self.look.t("Prices from a file"), "", "CSV, XLSX (*.csv *.xlsx *.txt)"
        )
        if file:
            self.take(file)

    def _after(self) -> QFrame:
        said = self.look.t("Saving makes a draft: no price changes before it goes live.")
        if self._presenter.was_live:
            said = self.look.t("It is live now. Saving other prices ends that until it goes live again.")
        made = card.frame("warning" if self._presenter.was_live else "sunken")
        card.column(self.look, made, margin=10).addWidget(
            label(said, "secondary", "amber" if self._presenter.was_live else "muted", wrap=True)
        )
        return made

    def _goods(self) -> QFrame:
        look, _ = self.look, self.look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=(1, 16, 1, 12), gap=10)
        self._field = Field(look, _("Goods: scan, or type a name, code or pinyin ({key})").format(key=GOODS), most=60)
        self._field.edited.connect(self._presenter.search)
        self._field.submitted.connect(self._scanned)
        head = card.column(look, margin=(16, 0, 16, 0))
        head.addWidget(self._field)
        lines.addLayout(head)
        self._hits, self._list = RowList(look, _("Products found")), RowList(look, _("Goods of the list"))
        self._hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hits.chosen.connect(self._presenter.scan)
        self._list.chosen.connect(lambda _code: self._presenter.ask_price())
        self._list.selectionModel().currentChanged.connect(
            lambda *_: self._presenter.select(self._list.currentIndex().row())
        )
        self._none = label(_("No goods yet. Scan the first, or read a file."), "body", "muted", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sides = QStackedWidget()
        for side in (self._hits, self._list, self._none):
            self._sides.addWidget(side)
        lines.addWidget(self._sides, 1)
        self._faults = label("", "secondary", "red", wrap=True)
        foot = card.column(look, margin=(16, 0, 16, 0), gap=8)
        foot.addWidget(self._faults)
        file = KeyButton(look, _("Prices from a file"), "file-import", cap=FILE)
        file.clicked.connect(self._choose_file)
        foot.addWidget(file)
        lines.addLayout(foot)
        return made
