"""What stored value needs from the books."""

from __future__ import annotations

from typing import Protocol

from storeapp.domain.liability import Owed
from storeapp.domain.sale import Sale
from storeapp.domain.value_doc import ValueDoc


class Values(Protocol):
    """Top-ups, and what was paid back of them. Only ever added to."""

    def add(self, doc: ValueDoc, *, request_hash: str = "") -> None:
        """One more; it stands in the journal already."""
        ...

    def by_number(self, number: str) -> ValueDoc | None: ...
    def by_id(self, doc_id: str) -> ValueDoc | None: ...
    def by_request(self, request_id: str) -> tuple[ValueDoc, str] | None:
        """The document made for the caller's id, with the hash of what was asked."""
        ...

    def of_member(self, member_id: str) -> tuple[ValueDoc, ...]:
        """Hers, oldest first."""
        ...

    def promised(self, *, since: str) -> tuple[ValueDoc, ...]:
        """Top-ups of that business day (ISO date) or later that promise monthly gifts, oldest first."""
        ...

    def spent_by(self, member_id: str) -> tuple[Sale, ...]:
        """Her purchases that stored value paid for, in part or whole."""
        ...

    def owed(self, prefix: str, *, until: int) -> Owed:
        """What lay on the accounts whose names begin so, by legs of before that moment (seconds since 1970)."""
        ...

    def moved(self, prefix: str, *, since: int, until: int) -> dict[str, int]:
        """By kind of entry: what came onto those accounts, or went off, from one moment to before the other."""
        ...

    def on(self, business_date: str) -> tuple[ValueDoc, ...]: ...
