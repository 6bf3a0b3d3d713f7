"""Posting: entries of the ledger that no document tells of, each told by the journal in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from storeapp.domain.lapsing import points_until
from storeapp.domain.ledger import Leg, LotMove, Txn, debt_account, legs_data, points_account
from storeapp.till.ports import Books


def post(books: Books, txn: Txn, said: Mapping[str, Any] | None = None) -> bool:
    """Books `txn` and journals it with what is `said` beside; False, and nothing changes, if it is in the books."""
    if not books.ledger.post(txn):
        return False
    body: dict[str, Any] = {"txn_id": txn.txn_id, "kind": txn.kind, "legs": legs_data(txn.legs)}
    if txn.member_id is not None:
        body["member_id"] = txn.member_id
    books.journal.append("ledger.posted", body | dict(said or {}), at=txn.at)
    return True


def points_owed(books: Books, member_id: str) -> int:
    """The points she spent before the goods that had earned them came back; what she earns next makes up for them."""
    return max(-books.ledger.balance(debt_account(member_id), "pts"), 0)


def points_in(
    books: Books, member_id: str, points: int, *, out_of: str, txn_id: str, kind: str, at: str, on: date
) -> Txn:
    """The entry that brings her points `out_of` an account, as a lot of that day."""
    # what she spent of points that were taken back later comes off these first
    settled = min(points, points_owed(books, member_id))
    came, until = points - settled, points_until(on, books.policy.in_force())
    rows = (
        Leg(out_of, "pts", -points),
        Leg(debt_account(member_id), "pts", settled),
        Leg(points_account(member_id), "pts", came),
    )
    lots = (LotMove(points_account(member_id), txn_id, came, until),) if until and came else ()
    return Txn(txn_id, kind, at, tuple(leg for leg in rows if leg.amount), member_id, lots=lots)
