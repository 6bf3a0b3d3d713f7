"""Work that waits until a test lets it go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from storeapp.ui.work import InlineWork

Answer = TypeVar("Answer")


class HeldWork:
    """Keeps what it is asked until `run_next`, so a test can look at the time in between."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def db(
        self,
        fn: Callable[[], Answer],
        ok: Callable[[Answer], None] | None = None,
        fail: Callable[[Exception], None] | None = None,
    ) -> None:
        self.waiting.append(lambda: InlineWork().db(fn, ok, fail))

    io = db

    def run_next(self) -> None:
        """Does the oldest thing waiting."""
        self.waiting.pop(0)()
