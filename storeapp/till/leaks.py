"""The leak radar: what the journal of a day tells an owner to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from storeapp.domain.journal import ChainBroken, Entry, body_of, verify
from storeapp.domain.leaks import BROKEN, Event, Finding, leaks
from storeapp.domain.policy_leaks import Thresholds
from storeapp.till.ports import Books, Shop

_PAGE = 1000


def leaks_of_day(shop: Shop, day: str) -> tuple[Finding, ...]:
    """Everything the rules found in the entries of that calendar day (ISO date)."""
    with shop.reading() as books:
        return leaks(tuple(_events(books, day)), thresholds(books))


def thresholds(books: Books) -> Thresholds:
    """From when on the owner wants to look."""
    policy = books.policy.in_force()
    return Thresholds(**{each.name: policy.whole(f"leaks.{each.name}") for each in fields(Thresholds)})


def _events(books: Books, day: str) -> Iterator[Event]:
    seq, before = 0, None
    works_here: dict[str, str] = {}
    while entries := books.journal.after(seq, limit=_PAGE):
        for entry in entries:
            if entry.at[:10] == day:
                moment = datetime.fromisoformat(entry.at)
                if before is not None and not _follows(entry, before):
                    yield Event(entry.seq, moment, BROKEN, {})
                yield _event(books, entry, moment, works_here)
            before = entry
        seq = entries[-1].seq


def _event(books: Books, entry: Entry, moment: datetime, works_here: dict[str, str]) -> Event:
    """The entry as the rules read it; `works_here` keeps who was looked up before."""
    body = body_of(entry)
    member_id = str(body.get("member_id") or "")
    if member_id and member_id not in works_here:
        works_here[member_id] = " ".join(books.staff.codes_of(member_id))
    code = works_here.get(member_id, "")
    return Event(entry.seq, moment, entry.type, body | {"staff_member": code} if code else body)


def _follows(entry: Entry, before: Entry) -> bool:
    try:
        verify([entry], after=before.seq, prev=before.hash)
    except ChainBroken:
        return False
    return True
