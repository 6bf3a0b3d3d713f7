"""Reversing: an entry of the ledger is taken back, with everything the books say about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from storeapp.domain.lapsing import BREAKAGE, EXPIRED
from storeapp.domain.ledger import Txn, has_lots, pending_account, points_account
from storeapp.domain.lots import is_of, net_on
from storeapp.domain.points import matured_id
from storeapp.domain.reversal import Past, reverse
from storeapp.errors import Broken
from storeapp.till.ports import Books


@dataclass(eq=False)
class UnknownEntry(Broken):
    """The ledger has no entry `txn_id`."""

    txn_id: str
    word = "unknown_entry"


def taken_back(
    books: Books,
    txn_id: str,
    parts: Callable[[Txn, Sequence[int]], Sequence[int]],
    *,
    as_id: str,
    kind: str,
    at: str,
    on: date,
) -> Txn:
    """The entry that takes back some of `txn_id`, not yet posted.

    `parts` is told the entry and how much of each of its legs was taken back before (as `domain.reversal.part_of`
    wants it), and answers how much of each is taken back now. Raises UnknownEntry or OverReversed.
    """
    ledger = books.ledger
    original = ledger.txn(txn_id)
    if original is None:
        raise UnknownEntry(txn_id)
    done = ledger.reversed_of(txn_id)
    before = tuple(done.get(n, 0) for n in range(1, len(original.legs) + 1))
    moves = [move for each in (txn_id, *ledger.reversals(txn_id)) for move in ledger.moves(each)]
    asked = tuple(parts(original, before))
    matured, opened = _as_matured(books, original)
    lots = {leg.account: ledger.lots_of(leg.account) for leg in matured.legs if has_lots(leg.account)}
    past = Past(before, tuple(moves), lots, opened_by=opened, lapsed=_lapsed(books, original, opened))
    return reverse(matured, asked, past, txn_id=as_id, kind=kind, at=at, on=on)


def _lapsed(books: Books, original: Txn, opened: str) -> int:
    """Of the points the entry gave: those that ended by themselves, less what earlier reversals took of them."""
    account, ledger = points_account(original.member_id or ""), books.ledger
    own = [lot for lot in ledger.lots_of(account) if is_of(lot.lot_id, opened)]
    if all(lot.expires_on is None for lot in own):
        return 0
    ended = [txn for txn in ledger.history(account, limit=100_000) if txn.kind == EXPIRED]
    moves = [move for txn in ended for move in ledger.moves(txn.txn_id) if is_of(move.lot_id, opened)]
    taken = [txn for each in ledger.reversals(original.txn_id) if (txn := ledger.txn(each)) is not None]
    return max(-sum(move.amount for move in moves) + sum(net_on(BREAKAGE, txn.legs) for txn in taken), 0)


def _as_matured(books: Books, original: Txn) -> tuple[Txn, str]:
    """The entry as if its points had been hers at once, if they are by now; and the entry that opened their lot."""
    later = matured_id(original.txn_id)
    if original.member_id is None or books.ledger.txn(later) is None:
        return original, original.txn_id
    waiting, hers = pending_account(original.member_id), points_account(original.member_id)
    legs = tuple(replace(leg, account=hers) if leg.account == waiting else leg for leg in original.legs)
    return replace(original, legs=legs), later
