"""Lots: which earned points or paid-in value a spend uses up. The soonest to lapse go first, then the oldest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from storeapp.domain.ledger import Leg, Lot, LotMove, Txn


def in_spending_order(lots: Iterable[Lot]) -> tuple[Lot, ...]:
    """`lots` as they are used up; those that never lapse last."""
    return tuple(
        sorted(lots, key=lambda lot: (lot.expires_on is None, lot.expires_on or "", lot.earned_at, lot.lot_id))
    )


def good_on(lots: Iterable[Lot], day: str) -> tuple[Lot, ...]:
    """Those with something left that may be spent on `day` (ISO date), in spending order."""
    return in_spending_order(lot for lot in lots if lot.remaining and (lot.expires_on is None or lot.expires_on >= day))


def available(lots: Iterable[Lot], day: str) -> int:
    """What may be spent on `day`."""
    return sum(lot.remaining for lot in good_on(lots, day))


def taken(account: str, lots: Iterable[Lot], amount: int) -> tuple[LotMove, ...]:
    """The moves that take `amount` out of `lots`, first to lapse first; as much as there is."""
    moves = []
    for lot in in_spending_order(lots):
        used = min(lot.remaining, amount)
        if used > 0:
            moves.append(LotMove(account, lot.lot_id, -used))
            amount -= used
    return tuple(moves)


@dataclass(frozen=True, slots=True)
class Moved:
    """What an entry does to the lots of one account: the lots that are new, and those that change, as they are then.

    `uses` is what is written down of each: a lot's remaining is always its amount and the sum of its uses.
    """

    opened: tuple[Lot, ...]
    changed: tuple[Lot, ...]
    uses: tuple[LotMove, ...]


def move(txn: Txn, account: str, lots: Sequence[Lot], *, balance_before: int) -> Moved:
    """What `txn` does to `lots`, all lots of `account`, on which `balance_before` lay.

    What it asks for is done as far as it can be; the rest of its legs opens a lot or takes the soonest to lapse. In
    the end the lots hold the balance, or nothing while it is below zero.
    """
    bench = _Bench(txn, account, lots)
    for asked in txn.lots:
        if asked.account == account:
            bench.do(asked)
    net = net_on(account, txn.legs)
    bench.level(net)
    bench.trim(max(balance_before + net, 0))
    return bench.result()


def net_on(account: str, legs: Iterable[Leg]) -> int:
    """What the legs together do to `account`."""
    return sum(leg.amount for leg in legs if leg.account == account)


class _Bench:
    """The lots of one account while one entry works on them."""

    def __init__(self, txn: Txn, account: str, lots: Sequence[Lot]) -> None:
        self._txn, self._account = txn, account
        self._before = {lot.lot_id: lot for lot in lots}
        self._now = dict(self._before)
        self._uses: dict[str, LotMove] = {}
        self._done = 0

    def do(self, asked: LotMove) -> None:
        """One move as it was asked for, as far as the lot has it or has room for it."""
        if is_of(asked.lot_id, self._txn.txn_id) and asked.amount > 0 and asked.lot_id not in self._now:
            self._open(asked.lot_id, asked.amount, asked.expires_on, asked.earned_at)
            return
        lot = self._now.get(asked.lot_id)
        if lot is None:
            return
        amount = (
            max(asked.amount, -lot.remaining) if asked.amount < 0 else min(asked.amount, lot.amount - lot.remaining)
        )
        if amount:
            self._use(lot, amount, asked.expires_on)
            self._done += amount

    def level(self, net: int) -> None:
        """What the legs move beyond what was asked for."""
        rest = net - self._done
        if rest > 0:
            self._open(self._free_name(), rest, None, None)
        self._take(-rest)

    def trim(self, most: int) -> None:
        """What was owed comes off what came in."""
        self._take(sum(lot.remaining for lot in self._now.values()) - most)

    def result(self) -> Moved:
        """What became of the lots."""
        opened = tuple(lot for lot_id, lot in self._now.items() if lot_id not in self._before)
        changed = tuple(lot for lot_id, lot in self._now.items() if self._before.get(lot_id, lot) != lot)
        return Moved(opened, changed, tuple(use for use in self._uses.values() if use.amount or use.expires_on))

    def _take(self, amount: int) -> None:
        for each in taken(self._account, self._now.values(), amount):
            self._use(self._now[each.lot_id], each.amount, None)

    def _open(self, lot_id: str, amount: int, expires_on: str | None, earned_at: str | None) -> None:
        owner = self._account.partition(":")[2]
        self._now[lot_id] = Lot(owner, lot_id, earned_at or self._txn.at, amount, amount, expires_on)
        self._done += amount

    def _use(self, lot: Lot, amount: int, expires_on: str | None) -> None:
        self._now[lot.lot_id] = replace(lot, remaining=lot.remaining + amount, expires_on=expires_on or lot.expires_on)
        before = self._uses.get(lot.lot_id)
        self._uses[lot.lot_id] = LotMove(
            self._account,
            lot.lot_id,
            amount + (0 if before is None else before.amount),
            expires_on or (None if before is None else before.expires_on),
        )

    def _free_name(self) -> str:
        name, n = self._txn.txn_id, 0
        while name in self._now:
            n += 1
            name = f"{self._txn.txn_id}#{n}"
        return name


def is_of(lot_id: str, txn_id: str) -> bool:
    """Whether the entry `txn_id` opened this lot."""
    return lot_id.partition("#")[0] == txn_id


def parts_of(lot_id: str) -> tuple[str, int]:
    """The entry that opened a lot, and which of its lots this is, from 0."""
    txn_id, _, n = lot_id.partition("#")
    return txn_id, int(n or 0)
