"""The section of rules: the rooms on the left, one room's form on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStackedWidget, QWidget

from storeapp.domain.staff import Staff
from storeapp.ui.desk import Desk
from storeapp.ui.look import Look
from storeapp.ui.settings.form import PolicyForm
from storeapp.ui.settings.form_view import FormWidget
from storeapp.ui.settings.rules import GROUPS
from storeapp.ui.widgets import card
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window

_BESIDE_PX = 92
"""What stands in a row beside its name: the icon, the edges and the bar to scroll by."""


class RulesSection(QWidget):
    """One room at a time; what is typed in a room stays while another is seen."""

    def __init__(
        self, window: Window, desk: Desk, staff: Staff, *, beep: Callable[[], None], saved: Callable[[], None]
    ) -> None:
        super().__init__()
        self._window, self._desk, self._staff, self._beep, self._saved = window, desk, staff, beep, saved
        self._look = look = window.look
        self._forms: dict[int, FormWidget] = {}
        self._stack = QStackedWidget()
        self._list = RowList(look, look.t("Rules"))
        rows = [Row(str(place), look.t(group.words), icon=group.icon) for place, group in enumerate(GROUPS)]
        self._list.setFixedWidth(look.px(_BESIDE_PX) + _widest(look, rows))
        self._list.show_rows(rows)
        self._list.chosen.connect(self._enter)
        self._list.selectionModel().currentChanged.connect(lambda now, _before: self.open(now.row()))
        row = card.row(look, self, gap=16)
        row.addWidget(self._list)
        row.addWidget(self._stack, 1)
        self.setFocusProxy(self._list)
        self.open(0)

    def open(self, place: int) -> None:
        """The rules of the room with this number."""
        if place not in self._forms:
            form = PolicyForm(self._desk, self._staff, GROUPS[place].specs, saved=self._saved, native=self._look.t)
            self._forms[place] = FormWidget(self._window, form, beep=self._beep)
            self._stack.addWidget(self._forms[place])
        self._stack.setCurrentWidget(self._forms[place])

    def step(self, by: int) -> None:
        """The room before or after."""
        self._list.step(by)

    def _enter(self, row_id: str) -> None:
        place = int(row_id)
        self.open(place)
        self._forms[place].setFocus()


def _widest(look: Look, rows: Sequence[Row]) -> int:
    metrics = QFontMetrics(look.font(look.theme.type.name))
    return max(metrics.horizontalAdvance(row.title) for row in rows)
