"""The sheet about a forgotten shift: Enter closes it, Ctrl+N counts first, and Esc leaves it for later."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.ui.notices import notice
from storeapp.ui.shift.forgotten import ForgottenPresenter, ForgottenState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.own_keys import OwnKeys
from storeapp.ui.widgets.sheet import Sheet
from storeapp.ui.window import Window

COUNT = "Ctrl+N"


class ForgottenSheet(Sheet):
    """Draws one ForgottenState. `count_wanted`: somebody rather counts."""

    count_wanted = Signal()

    def __init__(self, window: Window, presenter: ForgottenPresenter) -> None:
        look = window.look
        _ = look.t
        super().__init__(look, _("Forgotten shift"), "alert-triangle")
        self._window = window
        box = card.frame("warning")
        self._what, self._since = label("", "total", "amber", wrap=True), label("", "body", "muted", wrap=True)
        lines = card.column(look, box, margin=(14, 12, 14, 12), gap=6)
        lines.addWidget(self._what)
        lines.addWidget(self._since)
        hint = label(
            _("Close it now: its Z says that nobody counted, and today's shift begins with a count."), wrap=True
        )
        self._count = KeyButton(look, _("Count first"), "coin-yuan", cap=COUNT, kind="big")
        self._count.clicked.connect(self.count_wanted)
        self._close = KeyButton(look, _("Close it without a count"), "check", cap="Enter", kind="primary")
        self._close.clicked.connect(presenter.close)
        self.body.addWidget(box)
        self.body.addWidget(hint)
        self.body.addStretch(1)
        self.body.addWidget(self._count)
        self.body.addWidget(self._close)
        self._keys = OwnKeys(self, {"Return": presenter.close, "Enter": presenter.close, COUNT: self.count_wanted.emit})
        presenter.bind(self)

    def first_focus(self) -> QWidget | None:
        return self._close

    def show_state(self, state: ForgottenState) -> None:
        _, shift = self.look.t, state.shift
        self._what.setText(_("Shift {number} was never closed.").format(number=shift.number))
        since = _("Opened {at} by {name} with {amount}")
        amount = wording.money(Money(shift.float_fen))
        self._since.setText(since.format(at=wording.moment(shift.opened_at), name=state.opened_by, amount=amount))
        self._close.setEnabled(not state.is_saving)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))
