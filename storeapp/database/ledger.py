"""The ledger's tables: transactions, their legs, the lots they opened and what they used of them. Only ever added to.

An account's balance is kept beside it, moved in the same transaction as its legs; the check adds the legs up again.
"""

from __future__ import annotations

from storeapp.database.statements.ledger import (
    ADD_LEG,
    ADD_LOT,
    ADD_REVERSAL,
    ADD_TXN,
    ADD_USE,
    BALANCE,
    BY_ID,
    HOLDING,
    LAPSED,
    LEGS,
    LOTS,
    MOVE,
    OPENED,
    REVERSALS,
    REVERSED,
    SET_LOT,
    TOUCHING,
    USES,
)
from storeapp.database.work import Row, Work
from storeapp.domain import lots
from storeapp.domain.ledger import Leg, Lot, LotMove, Txn, Unit, has_lots, points_account, unit_of


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
        self._move_lots(txn, row[0])
        if txn.reverses is not None:
            parts = [
                {"lot_id": txn.reverses, "txn": row[0], "n": n, "amount": part}
                for n, part in enumerate(txn.parts, start=1)
                if part
            ]
            self._work.many(ADD_REVERSAL, parts)
        return True

    def _move_lots(self, txn: Txn, row_id: int) -> None:
        """Runs after the balances moved."""
        accounts: dict[str, Unit] = {leg.account: leg.unit for leg in txn.legs if has_lots(leg.account)}
        if not accounts:
            return
        uses: list[dict[str, object]] = []
        for name, unit in accounts.items():
            before = self.balance(name, unit) - lots.net_on(name, txn.legs)
            moved = lots.move(txn, name, self.lots_of(name), balance_before=before)
            at = {"name": name, "unit": unit}
            self._work.many(ADD_LOT, [at | _lot_row(lot) | {"earned_at": _age(lot, txn)} for lot in moved.opened])
            self._work.many(SET_LOT, [at | _lot_row(lot) for lot in moved.changed])
            for use in moved.uses:
                lot_id, lot_n = lots.parts_of(use.lot_id)
                place = {"txn": row_id, "n": len(uses) + 1, "lot_id": lot_id, "lot_n": lot_n}
                uses.append(at | place | {"amount": use.amount, "expires_on": use.expires_on})
        self._work.many(ADD_USE, uses)

    def balance(self, account: str, unit: str) -> int:
        return self._work.count(BALANCE, name=account, unit=unit)

    def lots(self, member_id: str) -> tuple[Lot, ...]:
        return self.lots_of(points_account(member_id))

    def lots_of(self, account: str) -> tuple[Lot, ...]:
        owner = account.partition(":")[2]
        rows = self._work.all(LOTS, name=account, unit=unit_of(account))
        return lots.in_spending_order(
            Lot(owner, _lot_id(txn_id, n), at, amount, remaining, expires_on)
            for txn_id, n, at, amount, remaining, expires_on in rows
        )

    def moves(self, txn_id: str) -> tuple[LotMove, ...]:
        opened = (
            LotMove(name, _lot_id(txn_id, n), amount, expires_on, earned_at)
            for name, n, amount, expires_on, earned_at in self._work.all(OPENED, txn_id=txn_id)
        )
        used = (
            LotMove(name, _lot_id(lot, n), amount, expires_on)
            for name, lot, n, amount, expires_on in self._work.all(USES, txn_id=txn_id)
        )
        return (*opened, *used)

    def reversed_of(self, txn_id: str) -> dict[int, int]:
        return dict(self._work.all(REVERSED, lot_id=txn_id))

    def reversals(self, txn_id: str) -> tuple[str, ...]:
        return tuple(row[0] for row in self._work.all(REVERSALS, lot_id=txn_id))

    def lapsed(self, before: str) -> tuple[str, ...]:
        return tuple(row[0] for row in self._work.all(LAPSED, before=before))

    def holding(self, prefix: str) -> tuple[tuple[str, int], ...]:
        return tuple(self._work.all(HOLDING, prefix=prefix, prefix_end=prefix + "\x7f"))

    def txn(self, txn_id: str) -> Txn | None:
        row = self._work.one(BY_ID, txn_id=txn_id)
        return None if row is None else self._txn(row)

    def history(self, account: str, *, limit: int = 50) -> tuple[Txn, ...]:
        return tuple(self._txn(row) for row in self._work.all(TOUCHING, name=account, most=limit))

    def _txn(self, row: Row) -> Txn:
        row_id, txn_id, kind, at, member_id = row
        legs = tuple(Leg(name, unit, amount) for name, unit, amount in self._work.all(LEGS, txn=row_id))
        return Txn(txn_id, kind, at, legs, member_id)


def _lot_id(txn_id: str, n: int) -> str:
    return f"{txn_id}#{n}" if n else txn_id


def _lot_row(lot: Lot) -> dict[str, object]:
    lot_id, lot_n = lots.parts_of(lot.lot_id)
    return {
        "lot_id": lot_id,
        "lot_n": lot_n,
        "amount": lot.amount,
        "left": lot.remaining,
        "expires_on": lot.expires_on,
    }


def _age(lot: Lot, txn: Txn) -> str | None:
    """Its own age, where it is not that of its entry."""
    return None if lot.earned_at == txn.at else lot.earned_at
