"""The ledger's tables: transactions, their legs, and the points lots they opened. Legs are only ever added.

An account's balance is kept beside it, moved in the same transaction as its legs; the check adds the legs up again.
"""

from __future__ import annotations

from collections.abc import Iterable

from storeapp.database.statements.ledger import (
    ADD_LEG,
    ADD_LOT,
    ADD_TXN,
    BALANCE,
    BY_ID,
    LEGS,
    LOTS,
    MOVE,
    SET_REMAINING,
    TOUCHING,
)
from storeapp.database.work import Row, Work
from storeapp.domain import lots
from storeapp.domain.ledger import Leg, Lot, Txn, points_account

POINTS_PREFIX = points_account("")


class LedgerTable:
    """Implements `till.ports.Ledger`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def post(self, txn: Txn) -> bool:
        row = self._work.one(
            ADD_TXN, id=None, txn_id=txn.txn_id, kind=txn.kind, at=txn.at, member_id=txn.member_id
        )  # fmt: skip
        if row is None:
            return False
        self._work.many(
            MOVE, [{"id": None, "name": leg.account, "unit": leg.unit, "balance": leg.amount} for leg in txn.legs]
        )
        legs = [
            {"txn": row[0], "n": n, "name": leg.account, "unit": leg.unit, "amount": leg.amount}
            for n, leg in enumerate(txn.legs, start=1)
        ]
        self._work.many(ADD_LEG, legs)
        for member_id, points in _points_moved(txn.legs).items():
            self._move_lots(txn, row[0], member_id, points)
        return True

    def _move_lots(self, txn: Txn, row_id: int, member_id: str, points: int) -> None:
        """Runs after the balances moved."""
        name = points_account(member_id)
        if points > 0:
            before = self.balance(name, "pts") - points
            new = lots.opened(Lot(member_id, txn.txn_id, txn.at, points, points), balance_before=before)
            self._work.run(
                ADD_LOT, name=name, unit="pts", txn=row_id, amount=points, remaining=new.remaining, expires_on=None
            )
            return
        changed = lots.spent(self.lots(member_id), -points)
        self._work.many(
            SET_REMAINING,
            [{"name": name, "unit": "pts", "lot_id": each.lot_id, "left": each.remaining} for each in changed],
        )

    def balance(self, account: str, unit: str) -> int:
        return self._work.count(BALANCE, name=account, unit=unit)

    def lots(self, member_id: str) -> tuple[Lot, ...]:
        rows = self._work.all(LOTS, name=points_account(member_id), unit="pts")
        return lots.in_spending_order(
            Lot(member_id, lot_id, at, amount, remaining, expires_on)
            for lot_id, at, amount, remaining, expires_on in rows
        )

    def txn(self, txn_id: str) -> Txn | None:
        row = self._work.one(BY_ID, txn_id=txn_id)
        return None if row is None else self._txn(row)

    def history(self, account: str, *, limit: int = 50) -> tuple[Txn, ...]:
        return tuple(self._txn(row) for row in self._work.all(TOUCHING, name=account, most=limit))

    def _txn(self, row: Row) -> Txn:
        row_id, txn_id, kind, at, member_id = row
        legs = tuple(Leg(name, unit, amount) for name, unit, amount in self._work.all(LEGS, txn=row_id))
        return Txn(txn_id, kind, at, legs, member_id)


def _points_moved(legs: Iterable[Leg]) -> dict[str, int]:
    """Points each member gains or loses."""
    moved: dict[str, int] = {}
    for leg in legs:
        if leg.unit == "pts" and leg.account.startswith(POINTS_PREFIX):
            member_id = leg.account.removeprefix(POINTS_PREFIX)
            moved[member_id] = moved.get(member_id, 0) + leg.amount
    return {member_id: points for member_id, points in moved.items() if points}
