"""Legs in a check's question: what the entry of a document moved on accounts whose names begin alike."""

from __future__ import annotations

from collections.abc import Sequence

_SUM = (
    "(SELECT total(l.amount) FROM ledger_txn t JOIN ledger_leg l ON l.txn = t.id JOIN account a ON a.id = l.account"
    " WHERE t.txn_id = {txn_id} AND substr(a.name, 1, {size}) = '{prefix}')"
)


def legs_by(prefixes: Sequence[str], txn_id: str) -> str:
    """A column for each of these beginnings; `txn_id` is the column the entry is named by."""
    return ", ".join(_SUM.format(txn_id=txn_id, size=len(prefix), prefix=prefix) for prefix in prefixes)
