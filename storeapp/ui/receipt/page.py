"""The page of receipts: the list on the left, the paper on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from storeapp.domain import price_steps as steps
from storeapp.domain.money import Money
from storeapp.domain.refund import Refund
from storeapp.domain.sale import Sale
from storeapp.ui import wording
from storeapp.ui.notices import sentence
from storeapp.ui.page import Page
from storeapp.ui.receipt.paper_view import PaperView
from storeapp.ui.receipt.presenter import ReceiptPresenter, ReceiptState
from storeapp.ui.why.panel import WhyPanel
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import Elided, label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ReceiptPage(Page):
    """Draws one ReceiptState. Typing searches, the arrows choose, Enter looks up or prints.

    `refund_wanted` brings the number of the receipt goods come back of.
    """

    refund_wanted = Signal(str)

    def __init__(self, window: Window, presenter: ReceiptPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(window, _("Receipts"), "receipt")
        self._presenter, self.beep = presenter, beep
        self._field = Field(look, _("Receipt number, or scan the receipt"), most=200)
        self._list = RowList(look, _("Receipts"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(lambda index: self._go(index.row()))
        self._none = label(_("No receipt found."), "body", "muted")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._paper = PaperView(look, _("The receipt as it was printed"))
        self._why = WhyPanel(look)
        self._why.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        columns = card.row(look, gap=12)
        columns.addWidget(self._left(), 11)
        columns.addWidget(self._middle(), 9)
        columns.addWidget(self._right())
        self.body.addLayout(columns, 1)
        self._field.edited.connect(presenter.search)
        self._field.submitted.connect(lambda: presenter.submit(self._field.text()))
        self._shown = b""
        self.on_key("Ctrl+P", presenter.reprint)
        self.on_key(look.keys.of("why"), self._turn)
        self.on_key(look.keys.of("print_why"), presenter.print_why)
        self.on_key(look.keys.of("refund"), self._take_back)
        presenter.bind(self)
        self.setFocusProxy(self._field)

    def take_scan(self, code: str) -> bool:
        return self._presenter.look_up(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._go(self._list.currentIndex().row() + step)

    def show_state(self, state: ReceiptState) -> None:
        _, words = self.look.t, self.look.words
        papers: tuple[Sale | Refund, ...] = state.sales if state.refund is None else (state.refund,)
        places = [place for place, paper in enumerate(papers) if paper.receipt == state.chosen]
        self._list.show_rows([self._row(paper) for paper in papers], places[0] if places else 0)
        self._list.setVisible(bool(papers))
        self._none.setVisible(not papers)
        self._field.set_text(state.text if state.text != self._field.text().strip() else self._field.text())
        self._field.show_fault(sentence(state.refused, words) if state.refused is not None else "")
        sale = state.sale
        for button in (self._why_button, self._print_why):
            button.setEnabled(sale is not None)
        if sale is None:
            self._sides.setCurrentWidget(self._paper)
        else:
            lines = [steps.of_sold(line, words) for line in sale.lines]
            self._why.show_parts([*lines, steps.of_sale(sale, words)])
        self._reprint.setEnabled(bool(papers) and bool(places))
        self._refund.setEnabled(sale is not None)
        copies = words.n("{count} copy so far", "{count} copies so far", state.copies).format(count=state.copies)
        self._copies.setText(copies if state.copies else _("Never reprinted"))
        for name, value in self._facts(sale or state.refund, state.cashier):
            self._values[name].setText(value)
        if state.png != self._shown:
            self._shown = state.png
            self._paper.show_papers((state.png,) if state.png else ())

    def done(self, word: str) -> None:
        said = {
            "reprinting": self.look.t("Printing a copy, marked as one."),
            "printing_why": self.look.t("Printing the price steps."),
        }[word]
        self.say(said)

    def _go(self, row: int) -> None:
        sales = self._presenter.state.sales
        if 0 <= row < len(sales):
            self._presenter.choose(sales[row].receipt)

    def _row(self, paper: Sale | Refund) -> Row:
        paid = wording.tender_names(paper.tenders, self.look.words)
        icon = "receipt" if isinstance(paper, Sale) else "receipt-refund"
        return Row(paper.receipt, paper.receipt, wording.moment(paper.at), wording.money(_due(paper)), paid, icon=icon)

    def _left(self) -> QFrame:
        made = card.frame("card")
        lines = card.column(self.look, made, margin=(1, 14, 1, 10), gap=10)
        head = card.row(self.look, margin=(15, 0, 15, 0))
        head.addWidget(self._field)
        lines.addLayout(head)
        lines.addWidget(self._list, 1)
        lines.addWidget(self._none, 1)
        return made

    def _middle(self) -> QFrame:
        made = card.frame("card")
        self._sides = QStackedWidget()
        for side in (self._paper, self._why):
            self._sides.addWidget(side)
        card.column(self.look, made, margin=12).addWidget(self._sides, 1)
        return made

    def _take_back(self) -> None:
        if self._presenter.state.sale is not None:
            self.refund_wanted.emit(self._presenter.state.chosen)

    def _turn(self) -> None:
        """From the paper to the steps of its prices, and back."""
        if self._presenter.state.sale is not None:
            is_paper = self._sides.currentWidget() is self._paper
            self._sides.setCurrentWidget(self._why if is_paper else self._paper)
            self._why_button.setText(self.look.t("Show the paper") if is_paper else self.look.t("Why this price?"))

    def _right(self) -> QWidget:
        look, _ = self.look, self.look.t
        made = card.frame("card")
        made.setFixedWidth(look.px(300))
        lines = card.column(look, made, margin=(16, 12, 16, 12), gap=8)
        self._values: dict[str, Elided] = {}
        names = (_("Receipt number"), _("When"), _("Cashier"), _("Paid"), _("Total"))
        for key, words in zip(("number", "at", "cashier", "paid", "due"), names, strict=True):
            row = card.column(look, gap=1)
            row.addWidget(label(words, "secondary", "muted"))
            self._values[key] = Elided("", "name", strong=key == "due")
            row.addWidget(self._values[key])
            lines.addLayout(row)
        lines.addStretch(1)
        self._copies = label("", "secondary", "muted", wrap=True)
        lines.addWidget(self._copies)
        self._why_button = KeyButton(look, _("Why this price?"), "help", action="why")
        self._why_button.clicked.connect(self._turn)
        lines.addWidget(self._why_button)
        self._print_why = KeyButton(look, _("Print the steps"), "printer", action="print_why")
        self._print_why.clicked.connect(self._presenter.print_why)
        lines.addWidget(self._print_why)
        self._refund = KeyButton(look, _("Refund"), "receipt-refund", action="refund")
        self._refund.clicked.connect(self._take_back)
        lines.addWidget(self._refund)
        self._reprint = KeyButton(look, _("Print a copy"), "printer", action="reprint", kind="primary")
        self._reprint.clicked.connect(self._presenter.reprint)
        lines.addWidget(self._reprint)
        return made

    def _facts(self, paper: Sale | Refund | None, cashier: str) -> tuple[tuple[str, str], ...]:
        if paper is None:
            return tuple((name, "—") for name in ("number", "at", "cashier", "paid", "due"))
        return (
            ("number", paper.receipt),
            ("at", f"{paper.at[:10]} {wording.moment_clock(paper.at)}"),
            ("cashier", cashier),
            ("paid", wording.tender_names(paper.tenders, self.look.words)),
            ("due", wording.money(_due(paper))),
        )


def _due(paper: Sale | Refund) -> Money:
    """What the customer paid; below zero what went back to her."""
    return paper.due if isinstance(paper, Sale) else -paper.back
