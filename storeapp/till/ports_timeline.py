"""What a member's timeline needs from the books."""

from __future__ import annotations

from typing import Protocol

from storeapp.domain.timeline import Happened, Noted


class Timeline(Protocol):
    """What happened with each member. Only ever added to; nothing in it names a person."""

    def of(self, member_id: str, *, skip: int = 0, most: int = 50, looks: bool = False) -> tuple[Happened, ...]:
        """The latest first, found by her indexes; with `looks` those who opened her page as well."""
        ...

    def note(self, member_id: str, kind: Noted, *, by: str, at: str, detail: str = "") -> None: ...
    def seen_by(self, who: str, *, since: str) -> frozenset[str]:
        """The members whose pages this person opened at that moment (as written then) or later."""
        ...

    def looks(self, day: str) -> dict[str, int]:
        """How many members' pages each of the staff opened on that day (the date part of the moment)."""
        ...
