"""Deposits: what a member ever paid in, and what became of each top-up, under all the names she had.

A merge moves what is left of a lot to another name, as a lot of its own. It is the same top-up still: what she paid,
when, and what she had for it before count on, so that the law's formulas give what they would have given without it.
A transfer divides a top-up: its share of all that went along with it, and is no longer hers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from storeapp.domain.ledger import Lot, LotMove, bonus_account, principal_account
from storeapp.domain.lots import is_of, parts_of
from storeapp.domain.member import UnknownMember
from storeapp.domain.merge import KIND as MERGE
from storeapp.domain.monthly_gift import grant_id
from storeapp.domain.sale import Sale
from storeapp.domain.value_doc import ValueDoc
from storeapp.domain.value_refund import Deposit
from storeapp.domain.value_transfer import HAD, came_from
from storeapp.domain.value_transfer import KIND as TRANSFER
from storeapp.till.moments import day_of, in_zone
from storeapp.till.names import names_of
from storeapp.till.ports import Books

EXPIRED, PAID_BACK = "expired", "topup_refund"
"""What lapsed was not had by her, and what was paid back neither."""
_EVERY = 100_000
_PURSES: tuple[Callable[[str], str], ...] = (principal_account, bonus_account)
Place = tuple[str, str]
"""An account, and a lot on it: two accounts of one member may name different lots alike."""


@dataclass(frozen=True, slots=True)
class _Hers:
    """Every lot of value under all her names, and from which lot each one comes."""

    names: tuple[str, ...]
    lots: dict[Place, Lot]
    roots: dict[Place, Place]
    moved: frozenset[Place]

    def of(self, root: str, purse: Callable[[str], str]) -> Iterator[tuple[Place, Lot]]:
        """The lots of this purse that come from the top-up `root`."""
        accounts = {purse(name) for name in self.names}
        return (
            (place, lot) for place, lot in self.lots.items() if place[0] in accounts and self.roots[place][1] == root
        )


def deposits(books: Books, member_id: str) -> tuple[Deposit, ...]:
    """All she ever paid in, oldest first; raises UnknownMember."""
    if books.members.by_id(member_id) is None:
        raise UnknownMember
    hers = _hers(books, member_id)
    beyond, (lapsed, paid_back, passed) = _beyond(books, hers, member_id), _left_without_goods(books, hers)
    found = []
    for root in dict.fromkeys(lot_id for _account, lot_id in hers.roots.values()):
        of_purse = [tuple(hers.of(root, purse)) for purse in _PURSES]
        # what was opened first is what she paid; what a merge moved is that again
        amounts = [sum(lot.amount for place, lot in lots if place not in hers.moved) for lots in of_purse]
        left = [sum(lot.remaining for _place, lot in lots) for lots in of_purse]
        now = [
            tuple((lot.lot_id, lot.remaining) for (account, _), lot in lots if account == purse(member_id))
            for lots, purse in zip(of_purse, _PURSES, strict=True)
        ]
        origin, had = _origin(books, root), [books.ledger.balance(prefix + root, "fen") for prefix in HAD]
        # what came by a transfer brought its own figures along
        paid, gift = amounts if origin == root else (0, 0)
        gone = lapsed[root] + paid_back[root] + passed[root]
        spent = max(sum(amounts) - sum(left) - gone + had[2], 0)
        doc, first = books.values.by_id(parts_of(origin)[0]), next(lot for lots in of_purse for _place, lot in lots)
        found.append(
            Deposit(
                lot_id=root,
                number="" if doc is None else doc.number,
                paid_on=_paid_on(books, doc, first),
                tender=None if doc is None else doc.tender,
                paid_fen=paid + had[0],
                given_fen=gift + had[1],
                principal_left=sum(remaining for _lot, remaining in now[0]),
                bonus_left=sum(remaining for _lot, remaining in now[1]),
                spent_fen=spent,
                list_fen=spent + beyond[root] + had[3] - had[2],
                was_paid_back=paid_back[root] > 0,
                principal_lots=now[0],
                bonus_lots=now[1],
            )
        )
    return tuple(sorted(found, key=lambda each: (each.paid_on, each.number, each.lot_id)))


def _hers(books: Books, member_id: str) -> _Hers:
    names = names_of(books, member_id)
    accounts = [purse(name) for purse in _PURSES for name in names]
    lots = {(account, lot.lot_id): lot for account in accounts for lot in books.ledger.lots_of(account)}
    before: dict[Place, Place] = {}
    for merge in {parts_of(lot_id)[0] for _account, lot_id in lots}:
        txn = books.ledger.txn(merge)
        if txn is not None and txn.kind == MERGE:
            before |= _moved(books.ledger.moves(merge), merge, set(lots))
    moved = frozenset(before)
    for doc in books.values.of_member(member_id):
        # what is given month by month belongs to its top-up
        grants = [grant_id(doc.doc_id, n) for n in range(1, doc.months + 1)]
        before |= {
            (bonus_account(name), grant): (bonus_account(name), doc.doc_id) for name in names for grant in grants
        }
    return _Hers(names, lots, {place: _root(place, before) for place in lots}, moved)


def _moved(moves: tuple[LotMove, ...], merge: str, known: set[Place]) -> dict[Place, Place]:
    """From which lot each lot comes that this merge opened: on each account they stand in one order."""
    before: dict[Place, Place] = {}
    for purse in _PURSES:
        prefix = purse("")
        here = [move for move in moves if move.account.startswith(prefix)]
        opened = sorted(
            (move for move in here if move.amount > 0 and is_of(move.lot_id, merge)),
            key=lambda move: parts_of(move.lot_id)[1],
        )
        # a lot that came late covers at once what was taken before it: that came from nowhere
        into = {move.account for move in opened}
        emptied = sorted(
            (move for move in here if move.amount < 0 and move.account not in into), key=lambda move: move.lot_id
        )
        for new, old in zip(opened, emptied, strict=False):
            place = (old.account, old.lot_id)
            if place in known:
                before[new.account, new.lot_id] = place
    return before


def _root(place: Place, before: dict[Place, Place]) -> Place:
    passed = {place}
    # books whose entries came in any order may lead round in a ring: who comes by again has arrived
    while place in before and before[place] not in passed:
        place = before[place]
        passed.add(place)
    return place


def _paid_on(books: Books, doc: ValueDoc | None, lot: Lot) -> str:
    if doc is not None:
        return doc.business_date
    policy = books.policy.in_force()
    return day_of(in_zone(datetime.fromisoformat(lot.earned_at), policy), policy).isoformat()


def _beyond(books: Books, hers: _Hers, member_id: str) -> defaultdict[str, int]:
    """By top-up: what the goods it paid for cost before discounts, beyond what she paid for them."""
    found: defaultdict[str, int] = defaultdict(int)
    for sale in books.values.spent_by(member_id):
        beyond, paid = _listed(sale) - sale.total.fen, sale.total.fen
        if beyond <= 0 or paid <= 0:
            continue
        used: defaultdict[str, int] = defaultdict(int)
        for txn_id in (sale.sale_id, *books.ledger.reversals(sale.sale_id)):
            _count(books, hers, txn_id, used)
        for root, fen in used.items():
            found[root] += max(fen, 0) * beyond // paid
    return found


def _listed(sale: Sale) -> int:
    return sum(line.shelf_price.fen * line.quantity_milli // 1000 for line in sale.lines)


def _left_without_goods(books: Books, hers: _Hers) -> tuple[defaultdict[str, int], ...]:
    """By top-up: what lapsed, what was paid back before, and what went to another member."""
    found = {kind: defaultdict[str, int](int) for kind in (EXPIRED, PAID_BACK, TRANSFER)}
    accounts = dict.fromkeys(account for account, _lot in hers.lots)
    entries = {txn.txn_id: txn for account in accounts for txn in books.ledger.history(account, limit=_EVERY)}
    for txn in entries.values():
        if txn.kind in found:
            _count(books, hers, txn.txn_id, found[txn.kind], came_in=txn.kind != TRANSFER)
    return tuple(found.values())


def _origin(books: Books, root: str) -> str:
    """The top-up of which a lot is a part, through every transfer."""
    while (txn := books.ledger.txn(parts_of(root)[0])) is not None and txn.kind == TRANSFER:
        root = came_from(txn, root)
    return root


def _count(books: Books, hers: _Hers, txn_id: str, into: defaultdict[str, int], *, came_in: bool = True) -> None:
    """Adds what this entry took out of her lots, by top-up; what it put in is taken off if that `came_in` again."""
    for move in books.ledger.moves(txn_id):
        root = hers.roots.get((move.account, move.lot_id))
        if root is not None and (came_in or move.amount < 0):
            into[root[1]] -= move.amount
