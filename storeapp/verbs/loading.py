"""Loading rooms: nothing that is loaded is ever thrown away, so nobody need look through it meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def all_stays() -> Iterator[None]:
    """Without the collector, which would look through all that is loaded several times."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
