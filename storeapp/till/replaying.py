"""Long work under way, a replay or a night's: how far it is, and the wish to stop it, told across threads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from storeapp.errors import Refused

Item = TypeVar("Item")


class ReplayStopped(Refused):
    """Somebody stopped the work; nothing was kept."""

    word = "replay_stopped"


class Progress:
    """`done` of `whole` receipts or members. One thread counts, another looks on or stops it."""

    def __init__(self) -> None:
        self.done, self.whole = 0, 0
        self._is_stopped = False

    def stop(self) -> None:
        self._is_stopped = True

    @property
    def percent(self) -> int:
        return self.done * 100 // self.whole if self.whole else 0

    def check(self) -> None:
        """Raises ReplayStopped if somebody wants it stopped."""
        if self._is_stopped:
            raise ReplayStopped

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, counted; raises ReplayStopped between two of them."""
        for item in items:
            self.check()
            yield item
            self.done += 1
