"""What cards need from the books."""

from __future__ import annotations

from typing import Protocol

from storeapp.domain.card_doc import CardDoc


class Cards(Protocol):
    """Cards sold, paid back and handed on, here or at other tills of the shop. Only ever added to."""

    def add(self, doc: CardDoc, *, request_hash: str = "") -> None:
        """One more; it stands in the journal already."""
        ...

    def tell(self, doc: CardDoc) -> None:
        """One that another till wrote; told again it changes nothing."""
        ...

    def by_number(self, number: str) -> CardDoc | None: ...
    def by_request(self, request_id: str) -> tuple[CardDoc, str] | None:
        """The document made for the caller's id, with the hash of what was asked."""
        ...

    def of_card(self, card_id: str) -> tuple[CardDoc, ...]:
        """Everything about one card, the sale first; nothing where there is no such card."""
        ...

    def of_member(self, member_id: str) -> tuple[CardDoc, ...]:
        """Everything about the cards she has or had, oldest first; those of whoever was merged into her among them."""
        ...

    def on(self, business_date: str) -> tuple[CardDoc, ...]:
        """What this till wrote on that business day (ISO date), oldest first."""
        ...

    def every(self) -> tuple[CardDoc, ...]:
        """Everything about all cards, those of other tills first, each oldest first."""
        ...
