"""Merged elsewhere: another till found that two members are one person, and the cloud says who stays.

The entry in the ledger comes by itself; here the two become one as the till that merged them did it.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from storeapp.till.merging import carry_over, hand_over
from storeapp.till.names import current, member_now
from storeapp.till.ports import Books

ACTOR = "cloud"


def hear(books: Books, gone_id: str, kept_id: str, *, at: str, own: Set[str]) -> None:
    """`kept` stands for `gone` from now on; heard twice it is as if heard once.

    Whom of one person's names this till itself chose, and has not told yet (`own`), stands until the cloud has heard.
    """
    kept, gone = current(books, kept_id), current(books, gone_id)
    if kept == gone:
        # one person already, by the other name
        if kept != kept_id and kept not in own:
            _stand_in(books, kept_id, kept, at=at)
        return
    stays, goes = books.members.by_id(kept), books.members.by_id(gone)
    if stays is None or goes is None:
        _stand_in(books, kept, gone, at=at)
        return
    hand_over(books, goes, stays, by=ACTOR, at=at)
    books.members.merge(gone, kept)
    books.layers.forget(gone)


def _stand_in(books: Books, kept_id: str, gone_id: str, *, at: str) -> None:
    carry_over(books, gone_id, kept_id, by=ACTOR, at=at)
    books.members.stand_in(kept_id, gone_id)
    books.layers.forget(gone_id)


def add_phone(books: Books, gone_id: str, phone: str) -> None:
    """A number that a name which is gone has got elsewhere finds her too."""
    kept = member_now(books, gone_id)
    if kept is not None and books.members.by_phone(phone) is None:
        books.members.put(replace(kept, other_phones=(*kept.other_phones, phone)))
