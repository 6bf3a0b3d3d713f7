"""Limits: how often one address may try something, counted in memory and forgotten after a minute."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_ADDRESSES = 50_000


class Limit:
    """At most `most` in any `window_s` seconds for each key."""

    def __init__(self, most: int, window_s: float, ticks: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self.window_s = window_s
        self._ticks = ticks
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def count(self, key: str) -> None:
        """One more for this key."""
        with self._lock:
            times = self._seen.setdefault(key, deque(maxlen=self.most))
            times.append(self._ticks())
            self._seen.move_to_end(key)
            if len(self._seen) > _ADDRESSES:
                self._seen.popitem(last=False)

    def is_used_up(self, key: str) -> bool:
        with self._lock:
            times = self._seen.get(key)
            return times is not None and len(times) >= self.most and self._ticks() - times[0] < self.window_s
