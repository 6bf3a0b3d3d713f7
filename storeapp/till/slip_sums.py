"""What an entry of the ledger moved on one account, and what lay there then: for papers printed at any later time."""

from __future__ import annotations

from storeapp.domain.ledger import Txn, Unit
from storeapp.domain.lots import net_on
from storeapp.till.ports import Books

_EVERY = 100_000


def moved_and_left(books: Books, txn: Txn, account: str, unit: Unit) -> tuple[int, int]:
    """How much `txn` moved on `account`, and the balance right after it."""
    left = books.ledger.balance(account, unit)
    # the newest first: what happened after it is undone until it is reached
    for entry in books.ledger.history(account, limit=_EVERY):
        if entry.txn_id == txn.txn_id:
            break
        left -= net_on(account, entry.legs)
    return net_on(account, txn.legs), left
