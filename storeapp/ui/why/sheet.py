"""The sheet that answers a customer's “why this price?”: the selected line, and the basket below it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from storeapp.domain import price_steps as steps
from storeapp.ui.look import Look
from storeapp.ui.sell.state import SellState
from storeapp.ui.why.panel import WhyPanel
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.sheet import Sheet


class WhySheet(Sheet):
    """Follows the selection: the arrows still move in the basket while it is open. `print_wanted` asks for paper."""

    print_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.t("Price steps"), "help")
        self._hint = label(look.t("↑ ↓ choose another line"), "secondary", "muted")
        self._panel = WhyPanel(look)
        self.body.addWidget(self._panel, 1)
        self.body.addWidget(self._hint)
        self._print = KeyButton(look, look.t("Print the steps"), "printer", action="print_why")
        self._print.clicked.connect(self.print_wanted)
        self.body.addWidget(self._print)

    def show_state(self, state: SellState) -> None:
        words, line = self.look.words, state.selected_line
        parts = [] if line is None else [steps.of_line(line, words)]
        if state.priced.lines:
            parts.append(steps.of_basket(state.priced, words))
        self._panel.show_parts(parts)
        self._print.setEnabled(bool(state.priced.lines))
        self._hint.setVisible(len(state.priced.lines) > 1)
