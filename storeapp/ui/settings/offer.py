"""The offer's form with the receipt beside it, drawn anew while somebody types."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from storeapp.ui.desk import Desk
from storeapp.ui.parts import Outside
from storeapp.ui.receipt.paper_view import PaperView
from storeapp.ui.settings.form import FormState, PolicyForm
from storeapp.ui.settings.form_view import FormWidget
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import label
from storeapp.ui.window import Window

_PAUSE_MS = 250


class OfferForm(FormWidget):
    """A FormWidget that tells when something was typed."""

    def __init__(self, window: Window, presenter: PolicyForm, *, beep: Callable[[], None]) -> None:
        self.on_state: Callable[[FormState], None] = lambda state: None
        super().__init__(window, presenter, beep=beep)

    def show_state(self, state: FormState) -> None:
        super().show_state(state)
        self.on_state(state)


class OfferSection(QWidget):
    """What is typed on the left, the foot of the next receipt on the right."""

    def __init__(
        self, window: Window, presenter: PolicyForm, desk: Desk, outside: Outside, *, beep: Callable[[], None]
    ) -> None:
        super().__init__()
        look = window.look
        self._presenter, self._desk, self._outside = presenter, desk, outside
        self._paper = PaperView(look, look.t("The next receipt"))
        self._form = OfferForm(window, presenter, beep=beep)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        self._form.on_state = lambda _state: self._pause.start()
        right = card.column(look, gap=8)
        right.addWidget(label(look.t("The next receipt"), "secondary", "muted"))
        right.addWidget(self._paper, 1)
        row = card.row(look, self, gap=16)
        row.addWidget(self._form, 11)
        row.addLayout(right, 8)
        self._asked = 0
        self._pause.start()
        self.setFocusProxy(self._form)

    def _draw(self) -> None:
        changes, _faults = self._presenter.parsed()
        outside, self._asked = self._outside, self._asked + 1
        asked = self._asked
        self._desk.work.io(
            lambda: outside.offer_png(changes), ok=lambda png: self._drawn(asked, png), fail=lambda _error: None
        )

    def _drawn(self, asked: int, png: bytes) -> None:
        # an older picture may come after a newer one
        if asked == self._asked:
            self._paper.show_papers((png,), from_the_end=True)
