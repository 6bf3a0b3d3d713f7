"""Ripening: points that waited until goods can hardly come back any more become hers, a hundred members at a time.

The till that sold does it, on the day its sale was told. Run again, killed half way, or with the clock set back, it
gives nothing twice: the entry bears a name of its sale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from storeapp.domain.ledger import pending_account
from storeapp.domain.points import MATURED, matured_id
from storeapp.domain.sale import Sale
from storeapp.till.moments import local_moment, today
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.posting import points_in, post

_AT_A_TIME = 100
_FIRST_LOOK = 50


@dataclass(frozen=True, slots=True)
class Ripened:
    """How many points became somebody's, of how many sales."""

    sales: int = 0
    points: int = 0


def ripen(shop: Shop, *, clock: Clock, progress: Callable[[int], None] | None = None) -> Ripened:
    """Books what is due; commits a hundred members at a time."""
    prefix = pending_account("")
    with shop.reading() as books:
        waiting = [name.removeprefix(prefix) for name, left in books.ledger.holding(prefix) if left > 0]
    done = Ripened()
    for start in range(0, len(waiting), _AT_A_TIME):
        with shop.writing() as books:
            at = local_moment(books, clock.now()).isoformat()
            for member_id in waiting[start : start + _AT_A_TIME]:
                for sale, points in list(_due(books, member_id, today(books, clock).isoformat())):
                    if _book(books, member_id, sale, points, at=at, clock=clock):
                        done = Ripened(done.sales + 1, done.points + points)
        if progress is not None:
            progress(min(start + _AT_A_TIME, len(waiting)))
    return done


def _due(books: Books, member_id: str, on: str) -> Iterator[tuple[Sale, int]]:
    """Her sales here whose points are due, and how many are left of them; nobody's who was merged or forgotten."""
    if books.members.by_id(member_id) is None:
        return
    for sale, points in _waiting(books, member_id):
        assert sale.account is not None
        if sale.account.ripe_on <= on:
            yield sale, points


def _waiting(books: Books, member_id: str) -> list[tuple[Sale, int]]:
    """Her sales whose points wait: the latest, until they are as many as wait in all."""
    in_all, most = books.ledger.balance(pending_account(member_id), "pts"), _FIRST_LOOK
    while True:
        sold = books.sales.of_member(member_id, limit=most)
        found = [(sale, left) for sale in sold if (left := _left(books, sale))]
        if sum(left for _, left in found) >= in_all or len(sold) < most:
            return found
        most *= 10


def _left(books: Books, sale: Sale) -> int:
    """What still waits of a sale: what goods that came back have taken is gone."""
    if sale.account is None or not sale.account.ripe_on or books.ledger.txn(matured_id(sale.sale_id)) is not None:
        return 0
    txn, back = books.ledger.txn(sale.sale_id), books.ledger.reversed_of(sale.sale_id)
    if txn is None:
        return 0
    waits = pending_account("")
    return sum(leg.amount - back.get(n, 0) for n, leg in enumerate(txn.legs, start=1) if leg.account.startswith(waits))


def _book(books: Books, member_id: str, sale: Sale, points: int, *, at: str, clock: Clock) -> bool:
    # what a merge or another till moved is not all here yet: another night
    if books.ledger.balance(pending_account(member_id), "pts") < points:
        return False
    txn = points_in(
        books,
        member_id,
        points,
        out_of=pending_account(member_id),
        txn_id=matured_id(sale.sale_id),
        kind=MATURED,
        at=at,
        on=today(books, clock),
    )
    return post(books, txn, {"reason": "waited", "sale": sale.receipt})
