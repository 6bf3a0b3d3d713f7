"""What tiers need from the books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from storeapp.domain.tier import TierDone, TierWord


class Tiers(Protocol):
    """What was said of members' tiers, only ever added to, and what they did to deserve one."""

    def say(self, word: TierWord) -> None:
        """The word is on record, and her tier is that one from now on."""
        ...

    def words(self, member_id: str) -> tuple[TierWord, ...]:
        """Everything said of hers, oldest first."""
        ...

    def last(self, member_id: str) -> TierWord | None: ...
    def lasts(self) -> dict[str, TierWord]:
        """The last word about each member of whom anything was said."""
        ...

    def done(self, member_id: str, *, since: date) -> TierDone:
        """What she bought and paid in from that business day on, net of what came back."""
        ...

    def every(self, *, since: date) -> Iterator[tuple[str, str, TierDone]]:
        """Each member who did anything since then or has a tier, with it."""
        ...
