"""A view that only remembers: for the presenters that show one state, tell errors, say done and beep."""

from __future__ import annotations

from typing import Any


class Seen:
    """`state` is the last one shown."""

    def __init__(self) -> None:
        self.state: Any = None
        self.told: list[Exception] = []
        self.well: list[str] = []
        self.beeps = 0
        self.left = 0

    def show_state(self, state: Any) -> None:
        self.state = state

    def tell(self, error: Exception) -> None:
        self.told.append(error)

    def done(self, word: str) -> None:
        self.well.append(word)

    def kept(self, folder: str) -> None:
        self.well.append(folder)

    def gone(self) -> None:
        self.left += 1

    def beep(self) -> None:
        self.beeps += 1
