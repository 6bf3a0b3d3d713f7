"""Documents of cards in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storeapp.domain.card_doc import CardDoc

if TYPE_CHECKING:
    from tests.fakes.memory_shop import State


class MemoryCards:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, doc: CardDoc, *, request_hash: str = "") -> None:
        self._state.cards = (*self._state.cards, (doc, request_hash))

    def tell(self, doc: CardDoc) -> None:
        if doc.doc_id not in {each.doc_id for each in self._state.cards_told}:
            self._state.cards_told = (*self._state.cards_told, doc)

    def by_number(self, number: str) -> CardDoc | None:
        return next((doc for doc in self.every() if doc.number == number), None)

    def by_request(self, request_id: str) -> tuple[CardDoc, str] | None:
        return next((pair for pair in self._state.cards if pair[0].request_id == request_id), None)

    def of_card(self, card_id: str) -> tuple[CardDoc, ...]:
        return tuple(doc for doc in self.every() if doc.card_id == card_id)

    def of_member(self, member_id: str) -> tuple[CardDoc, ...]:
        had = {doc.card_id for doc in self.every() if self._state.is_hers(doc.member_id, member_id)}
        return tuple(doc for doc in self.every() if doc.card_id in had)

    def on(self, business_date: str) -> tuple[CardDoc, ...]:
        return tuple(doc for doc, _ in self._state.cards if doc.business_date == business_date)

    def every(self) -> tuple[CardDoc, ...]:
        own = [doc for doc, _ in self._state.cards]
        known = {doc.doc_id for doc in own}
        return (*(doc for doc in self._state.cards_told if doc.doc_id not in known), *own)
