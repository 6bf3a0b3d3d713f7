"""A plug that is pulled between two statements, wherever the dice say: a power cut without a process to start again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, ModuleType
from typing import Any


class PulledPlug(BaseException):
    """The power is gone. No handler of the code under test catches it; transactions left open are rolled back."""


class Plug:
    """Counts the statements of `rooms` that are run."""

    def __init__(self, *rooms: ModuleType) -> None:
        self._files = frozenset(str(room.__file__) for room in rooms)
        self._left = 0

    @contextmanager
    def pulled_after(self, statements: int) -> Iterator[None]:
        """Raises PulledPlug before statement number `statements`, if the block comes to so many."""
        before, self._left = sys.gettrace(), statements
        sys.settrace(self._enter)
        try:
            yield
        finally:
            sys.settrace(before)

    def _enter(self, frame: FrameType, event: str, _given: Any) -> Any:
        return self._step if frame.f_code.co_filename in self._files else None

    def _step(self, frame: FrameType, event: str, _given: Any) -> Any:
        if event == "line":
            self._left -= 1
            if self._left <= 0:
                sys.settrace(None)
                raise PulledPlug
        return self._step
