"""The section of rights: cashiers, managers, and the limits of both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from storeapp.domain.staff import Staff
from storeapp.ui import wording
from storeapp.ui.desk import Desk
from storeapp.ui.settings.form import PolicyForm
from storeapp.ui.settings.form_view import FormWidget
from storeapp.ui.settings.rights import LIMITS, RightsForm
from storeapp.ui.widgets import card
from storeapp.ui.widgets.choice import Choice
from storeapp.ui.widgets.labels import label
from storeapp.ui.window import Window


class RightsSection(QWidget):
    """Three forms, one at a time."""

    def __init__(self, window: Window, desk: Desk, staff: Staff, *, beep: Callable[[], None]) -> None:
        super().__init__()
        look, _ = window.look, window.look.t
        limits = PolicyForm(desk, staff, LIMITS, saved=lambda: None)
        self._forms = {
            "cashier": FormWidget(window, RightsForm(desk, staff, "cashier"), beep=beep, columns=3),
            "manager": FormWidget(window, RightsForm(desk, staff, "manager"), beep=beep, columns=3),
            "limits": FormWidget(window, limits, beep=beep),
        }
        names = {
            "cashier": wording.role("cashier", look.words),
            "manager": wording.role("manager", look.words),
            "limits": _("Limits"),
        }
        self._choice = Choice(look, "", list(names.items()))
        self._choice.setAccessibleName(_("Whose rights"))
        self._choice.chosen.connect(self.open)
        self._stack = QStackedWidget()
        for form in self._forms.values():
            self._stack.addWidget(form)
        hint = _("What is not ticked needs somebody's approval each time. The owner may do everything.")
        lines = card.column(look, self, gap=12)
        lines.addWidget(self._choice)
        lines.addWidget(label(hint, "secondary", "muted", wrap=True))
        lines.addWidget(self._stack, 1)
        self.setFocusProxy(self._choice)
        self.open("cashier")

    def open(self, name: str) -> None:
        """The rights of `cashier` or `manager`, or the `limits`."""
        self._choice.show_chosen(name)
        self._stack.setCurrentWidget(self._forms[name])
