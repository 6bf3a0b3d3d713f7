"""The sheet about a clock that jumped: Ctrl+Enter says it is right, Esc leaves it for later; scans go on as ever."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut

from storeapp.ui import wording
from storeapp.ui.clock.presenter import ClockPresenter, ClockState
from storeapp.ui.notices import notice
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.sheet import Sheet
from storeapp.ui.window import Window


class ClockSheet(Sheet):
    """Draws one ClockState. The scan field keeps the keys: what is typed meanwhile is no answer to this."""

    def __init__(self, window: Window, presenter: ClockPresenter) -> None:
        look = window.look
        _ = look.t
        super().__init__(look, _("Is the clock right?"), "clock")
        self._window, self._presenter = window, presenter
        box = card.frame("warning")
        lines = card.column(look, box, margin=(14, 12, 14, 12), gap=6)
        self._now, self._was = label("", "total", "amber"), label("", "total", "text")
        self._before = label("", "secondary", "muted", wrap=True)
        for part in (label(_("The clock says"), "secondary", "muted"), self._now, self._before, self._was):
            lines.addWidget(part)
        right = label(_("If it is right, say so: prices, coupons and the day go by it."), wrap=True)
        wrong = label(
            _(
                "If it is wrong, set date and time of this computer; this question then goes by itself. Selling goes on"
                " meanwhile, and the night gives and takes nothing for good."
            ),
            "body",
            "muted",
            wrap=True,
        )
        self._confirm = KeyButton(look, _("The clock is right"), "check", cap="Ctrl+Enter", kind="primary")
        self._confirm.clicked.connect(presenter.confirm)
        self.body.addWidget(box)
        self.body.addWidget(right)
        self.body.addWidget(wrong)
        self.body.addStretch(1)
        self.body.addWidget(self._confirm)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence.fromString(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(presenter.confirm)
        presenter.bind(self)

    def look_again(self) -> None:
        self._presenter.look()

    def show_state(self, state: ClockState) -> None:
        _ = self.look.t
        self._now.setText(f"{state.now:%Y-%m-%d %H:%M}")
        self._was.setText(wording.whole_moment(state.was.isoformat()))
        self._before.setText(_("The till was last used") if state.is_asleep else _("It should be about"))
        self._confirm.setEnabled(not state.is_saving)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def close_now(self) -> None:
        if self._window.sheet is self:
            self._window.close_sheet()
