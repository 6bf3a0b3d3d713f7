"""Expiring: points and given value whose days are over leave the books, a hundred members at a time.

Each entry stands in the journal with the lots it emptied. Run again, or killed half way, it ends nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from storeapp.domain.lapsing import expiry, lapsed_before
from storeapp.domain.ledger import Txn, has_lots, points_account, principal_account, times_account
from storeapp.till.moments import local_moment, today
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.posting import post

_AT_A_TIME = 100


@dataclass(frozen=True, slots=True)
class Expired:
    """What ended, of how many members. `before` is the day the lots had to be good for."""

    before: str
    members: int = 0
    points: int = 0
    bonus_fen: int = 0


def due(books: Books, *, clock: Clock) -> Expired:
    """What would end now."""
    before = lapsed_before(today(books, clock), books.policy.in_force())
    accounts = _accounts(books, before)
    return _told(before, [txn for account in accounts if (txn := _entry(books, account, before, "")) is not None])


def expire(shop: Shop, *, clock: Clock, progress: Callable[[int], None] | None = None) -> Expired:
    """Ends what is due; commits a hundred accounts at a time."""
    with shop.reading() as books:
        before = lapsed_before(today(books, clock), books.policy.in_force())
        accounts = _accounts(books, before)
    done: list[Txn] = []
    for start in range(0, len(accounts), _AT_A_TIME):
        with shop.writing() as books:
            at = local_moment(books, clock.now()).isoformat()
            for account in accounts[start : start + _AT_A_TIME]:
                # read again inside the transaction: she may be spending just now
                txn = _entry(books, account, before, at)
                if txn is not None and post(books, txn, _said(txn)):
                    done.append(txn)
        if progress is not None:
            progress(min(start + _AT_A_TIME, len(accounts)))
    return _told(before, done)


def _accounts(books: Books, before: str) -> tuple[str, ...]:
    """Of what a member paid in nothing ever lapses, whatever stands in a lot; cards have days of grace of their own."""
    found = books.ledger.lapsed(before)
    others = (principal_account(""), times_account(""))
    return tuple(name for name in found if has_lots(name) and not name.startswith(others))


def _entry(books: Books, account: str, before: str, at: str) -> Txn | None:
    return expiry(account, books.ledger.lots_of(account), before=before, at=at)


def _told(before: str, txns: Sequence[Txn]) -> Expired:
    ended = [(txn, -txn.legs[0].amount, txn.legs[0].account.startswith(points_account(""))) for txn in txns]
    return Expired(
        before,
        members=len({txn.member_id for txn in txns}),
        points=sum(amount for _, amount, is_points in ended if is_points),
        bonus_fen=sum(amount for _, amount, is_points in ended if not is_points),
    )


def _said(txn: Txn) -> dict[str, object]:
    return {"reason": "expired", "lots": [{"lot_id": move.lot_id, "amount": move.amount} for move in txn.lots]}
