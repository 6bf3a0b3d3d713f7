"""Referrals elsewhere: who brought whom as other tills named it, and what newcomers named here bought at other tills.

The till that wrote a newcomer down thanks both, and nobody else does; the cloud tells it of purchases made elsewhere.
"""

from __future__ import annotations

from dataclasses import asdict, replace

from storeapp.domain.referral import Bought, Referral, word_age
from storeapp.till.ports import Books


def hear(books: Books, told: Referral, *, device_id: str) -> None:
    """The word of the till `device_id`; one of our own that came later comes to nothing.

    Where ours came first the cloud has not heard it yet, or has put it in the place of this one by now.
    """
    here = books.device.device_id
    if device_id == here:
        return
    own = books.referrals.of(told.newcomer_id)
    if own is not None and word_age(own, here) < word_age(told, device_id):
        return
    if own is not None and own.state == "named":
        closed = replace(own, state="closed", why="elsewhere", settled_at=own.named_at)
        books.referrals.settle(closed)
        books.journal.append("referral.closed", asdict(closed) | {"given": []}, at=own.named_at)
    books.referrals.tell(told)


def bought(books: Books, newcomer_id: str, told: Bought) -> None:
    """A purchase at another till, as much of it as is left by now, of a newcomer who was named here."""
    if books.referrals.of(newcomer_id) is not None:
        books.referrals.bought_elsewhere(newcomer_id, told)
