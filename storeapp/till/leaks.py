"""The leak radar: what the journal of a day tells an owner to look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from storeapp.domain.journal import body_of
from storeapp.domain.leaks import Event, Finding, leaks
from storeapp.till.ports import Books, Shop

_PAGE = 1000


def leaks_of_day(shop: Shop, day: str) -> tuple[Finding, ...]:
    """Everything the rules found in the entries of that calendar day (ISO date)."""
    with shop.reading() as books:
        return leaks(tuple(_events(books, day)))


def _events(books: Books, day: str) -> Iterator[Event]:
    seq = 0
    while entries := books.journal.after(seq, limit=_PAGE):
        for entry in entries:
            if entry.at[:10] == day:
                yield Event(entry.seq, datetime.fromisoformat(entry.at), entry.type, body_of(entry))
        seq = entries[-1].seq
