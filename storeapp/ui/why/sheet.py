"""The sheet that answers a customer's “why this price?”: the selected line, and the basket below it."""

from __future__ import annotations

from storeapp.ui.look import Look
from storeapp.ui.sell.state import SellState
from storeapp.ui.why import steps
from storeapp.ui.why.panel import WhyPanel
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.sheet import Sheet


class WhySheet(Sheet):
    """Follows the selection: the arrows still move in the basket while it is open."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.t("Price steps"), "help")
        self._hint = label(look.t("↑ ↓ choose another line"), "secondary", "muted")
        self._panel = WhyPanel(look)
        self.body.addWidget(self._panel, 1)
        self.body.addWidget(self._hint)

    def show_state(self, state: SellState) -> None:
        words, line = self.look.words, state.selected_line
        parts = [] if line is None else [steps.of_line(line, words)]
        if state.priced.lines:
            parts.append(steps.of_basket(state.priced, words))
        self._panel.show_parts(parts)
        self._hint.setVisible(len(state.priced.lines) > 1)
