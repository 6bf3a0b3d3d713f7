"""One state in the status bar: an icon and words, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QSizePolicy, QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import Elided, Picture, set_tone


@dataclass(frozen=True, slots=True)
class Status:
    """What to show; tone `red` and `amber` are for what needs a person."""

    icon: str
    words: str
    tone: str = "brand"


class StatusItem(QWidget):
    def __init__(self, look: Look, status: Status) -> None:
        super().__init__()
        self._status = status
        self._picture = Picture(look, status.icon, status.tone, 18)
        self._words = Elided(status.words, "secondary", _words_tone(status))
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._layout = layout = card.row(look, self, gap=9)
        layout.addWidget(self._picture)
        layout.addWidget(self._words)

    @property
    def needs_somebody(self) -> bool:
        return self._status.tone in ("red", "amber")

    def show_words(self, is_shown: bool) -> None:
        """Its icon alone tells the words to who points at it."""
        self._words.setVisible(is_shown)
        self.setToolTip("" if is_shown else self._status.words)
        self.setAccessibleName(self._status.words)
        self._layout.invalidate()
        self.updateGeometry()

    def show_status(self, status: Status) -> None:
        if status == self._status:
            return
        self._status = status
        self._picture.show_icon(status.icon, status.tone)
        self._words.setText(status.words)
        set_tone(self._words, _words_tone(status))


def _words_tone(status: Status) -> str:
    return "muted" if status.tone == "brand" else status.tone
