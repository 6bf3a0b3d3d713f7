"""A section of the settings: one side of their page, which tells through the window what was refused or done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from storeapp.ui.notices import Notice, notice
from storeapp.ui.window import Window


class Section(QWidget):
    """What its presenter asks of every view."""

    def __init__(self, window: Window, *, beep: Callable[[], None]) -> None:
        super().__init__()
        self._window, self._look, self.beep = window, window.look, beep

    def tell(self, error: Exception) -> None:
        """Why something does not go, or did not."""
        self._window.show_notice(notice(error, self._look.words))

    def say(self, words: str) -> None:
        """That something is done."""
        self._window.show_notice(Notice(words, "done"))
