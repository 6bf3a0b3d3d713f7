"""The notice bar: says what went wrong or well without stopping anybody."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from storeapp.ui.look import Look
from storeapp.ui.notices import Notice
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import IconButton
from storeapp.ui.widgets.labels import Picture, label, repolish, set_tone

_SECONDS = {"done": 3, "refused": 6}
_DRESS = {
    "done": ("tinted", "circle-check", "brand"),
    "refused": ("warning", "alert-triangle", "amber"),
    "fault": ("fault", "alert-circle", "red"),
}


class NoticeBar(QFrame):
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._picture = Picture(look, "info-circle", "brand", 22)
        self._words = label("", "body", wrap=True)
        close = IconButton(look, "x", look.t("Close the notice"))
        close.clicked.connect(self.hide_notice)
        layout = card.row(look, self, margin=(14, 6, 6, 6), gap=10)
        layout.addWidget(self._picture)
        layout.addWidget(self._words, 1)
        layout.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide_notice)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        ground, icon, tone = _DRESS[notice.kind]
        self.setProperty("kind", ground)
        repolish(self)
        self._picture.show_icon(icon, tone)
        self._words.setText(notice.words)
        set_tone(self._words, tone)
        self.setAccessibleName(notice.words)
        self._timer.stop()
        if notice.kind in _SECONDS:
            self._timer.start(_SECONDS[notice.kind] * 1000)
        self.show()
        self.raise_()

    @property
    def is_leaving(self) -> bool:
        """True if the notice goes by itself."""
        return self._timer.isActive()

    def hide_notice(self) -> None:
        self._timer.stop()
        self.hide()
        self.closed.emit()
