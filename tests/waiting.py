"""Waiting for what other threads and programs do: long enough for a busy machine, and no longer than it takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE_S = 60.0
"""Nothing is measured by it: whatever takes this long does not come about any more."""
PATIENCE_MS = int(PATIENCE_S * 1000)
_LOOK_S = 0.01


def until(holds: Callable[[], object], lacking: object = "it did not come about") -> None:
    """Returns as soon as `holds`; fails saying what is `lacking`."""
    ends_at = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < ends_at, lacking
        time.sleep(_LOOK_S)


@contextmanager
def no_thread_left() -> Iterator[None]:
    """Fails if a thread that begins inside goes on afterwards; one of an earlier test may end meanwhile."""
    before = set(threading.enumerate())
    yield
    until(lambda: set(threading.enumerate()) <= before, "a thread goes on")
