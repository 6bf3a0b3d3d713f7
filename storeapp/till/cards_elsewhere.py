"""Cards elsewhere: what other tills of the shop wrote of cards they sold.

The till that sold a card alone pays it back, hands it on and lets its days pass. Its times are taken at every till, and
the tier it gives holds at every till.
"""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.card_doc import CardDoc, entry
from storeapp.till import cards
from storeapp.till.ports import Books


def hear(books: Books, told: CardDoc) -> None:
    """A document with its entry, and the very lots of it; what is known already is left out.

    One that bears the name of this till was written by a machine that stood here before, and is this till's own.
    """
    if any(doc.doc_id == told.doc_id for doc in books.cards.of_card(told.card_id)):
        return
    device = books.device
    books.cards.tell(replace(told, is_told=(told.store, told.till) != (device.store, device.till)))
    txn = entry(told)
    if txn.legs:
        books.ledger.post(txn)


def gives(books: Books, member_id: str, tier: str) -> bool:
    """Whether another till sold her a membership of this tier: that till says what she has after it."""
    return any(card.sold_at and card.kind.tier == tier for card in cards.cards_of(books, member_id))
