"""Why goods come back: listed reasons, each with its key, and one in somebody's own words where that is let."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from storeapp.domain.reason import BACK_REASONS
from storeapp.domain.reason import said as reason_said
from storeapp.till.refunds import REASON_MAX
from storeapp.ui.look import Look
from storeapp.ui.refund.state import OWN
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton, toggle
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.line import Line

REASON_KEYS = dict(zip((*BACK_REASONS, OWN), ("F2", "F3", "F4", "F5", "F6", "F7"), strict=True))


class ReasonGrid(QWidget):
    """`chosen` brings a stored word, or OWN; `typed` what is typed for it; `ended` its Enter."""

    chosen = Signal(str)
    typed = Signal(str)
    ended = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        made = card.column(look, self, gap=6)
        made.addWidget(label(look.t("Why it comes back"), "secondary", "muted"))
        grid = QGridLayout()
        grid.setSpacing(look.px(8))
        self._chips: dict[str, KeyButton] = {}
        for place, (stored, key) in enumerate(REASON_KEYS.items()):
            said = look.t("Another reason") if stored == OWN else reason_said(stored, look.words)
            chip = toggle(look, said, key)
            chip.clicked.connect(lambda _checked=False, stored=stored: self.chosen.emit(stored))
            self._chips[stored] = chip
            grid.addWidget(self._last(chip) if stored == OWN else chip, place // 2, place % 2)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        made.addLayout(grid)

    def show_reason(self, reason: str, own: str, *, is_listed: bool, is_saving: bool) -> None:
        """`is_listed`: the owner wants one of the list, and nothing is typed."""
        for stored, chip in self._chips.items():
            chip.setChecked(stored == reason)
            chip.setEnabled(not is_saving)
        self._last_cell.setVisible(not is_listed)
        self._last_cell.setCurrentWidget(self._own if reason == OWN else self._chips[OWN])
        if self._own.text() != own:
            self._own.setText(own)

    def type_reason(self) -> None:
        """The cursor goes where a reason is typed."""
        self._own.setFocus()

    def _last(self, chip: KeyButton) -> QStackedWidget:
        """The last reason gives its place to what somebody types."""
        self._own = Line()
        self._own.setMaxLength(REASON_MAX)
        self._own.setAccessibleName(self._look.t("Another reason"))
        self._own.setPlaceholderText(self._look.t("Another reason"))
        self._own.textEdited.connect(self.typed)
        self._own.returnPressed.connect(self.ended)
        self._last_cell = QStackedWidget()
        for part in (chip, self._own):
            self._last_cell.addWidget(part)
        return self._last_cell
