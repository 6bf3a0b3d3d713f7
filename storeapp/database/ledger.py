"""The ledger's tables: transactions, their legs, and the points lots they opened. Legs are only ever added.

An account's balance is kept beside it, moved in the same transaction as its legs; the check adds the legs up again.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.schema import key, metadata, number, words
from storeapp.database.work import Row, Sql, Work
from storeapp.domain import lots
from storeapp.domain.ledger import Leg, Lot, Txn, points_account

POINTS_PREFIX = points_account("")

account = Table(
    "account",
    metadata,
    key(),
    words("name"),
    words("unit", of=("fen", "pts", "coupon")),
    number("balance"),
    UniqueConstraint("name", "unit"),
    sqlite_strict=True,
)
ledger_txn = Table(
    "ledger_txn",
    metadata,
    key(),
    Column("txn_id", Text, nullable=False, unique=True),
    words("kind"),
    words("at"),
    words("member_id", is_null=True),
    sqlite_strict=True,
)
ledger_leg = Table(
    "ledger_leg",
    metadata,
    Column("txn", Integer, ForeignKey("ledger_txn.id"), primary_key=True, autoincrement=False),
    key("n"),
    Column("account", Integer, ForeignKey("account.id"), nullable=False),
    number("amount"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index("ledger_leg_account", ledger_leg.c.account, ledger_leg.c.txn)
lot = Table(
    "lot",
    metadata,
    Column("account", Integer, ForeignKey("account.id"), primary_key=True, autoincrement=False),
    Column("txn", Integer, ForeignKey("ledger_txn.id"), primary_key=True, autoincrement=False),
    number("amount", "> 0"),
    number("remaining", ">= 0"),
    words("expires_on", is_null=True),
    CheckConstraint("remaining <= amount"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

_txn = upsert(ledger_txn)
ADD_TXN = Sql(_txn.on_conflict_do_nothing(index_elements=["txn_id"]).returning(ledger_txn.c.id))
_account = upsert(account)
# no CHECK stands on a balance: SQLite tests it on the row proposed here, before it turns into the sum
MOVE = Sql(
    _account.on_conflict_do_update(
        index_elements=["name", "unit"], set_={"balance": account.c.balance + _account.excluded.balance}
    )
)
_id_of = (
    select(account.c.id)
    .where(account.c.name == bindparam("name"), account.c.unit == bindparam("unit"))
    .scalar_subquery()
)
ADD_LEG = Sql(
    insert(ledger_leg).values(txn=bindparam("txn"), n=bindparam("n"), account=_id_of, amount=bindparam("amount"))
)
ADD_LOT = Sql(
    insert(lot).values(
        account=_id_of,
        txn=bindparam("txn"),
        amount=bindparam("amount"),
        remaining=bindparam("remaining"),
        expires_on=bindparam("expires_on"),
    )
)
_txn_of = select(ledger_txn.c.id).where(ledger_txn.c.txn_id == bindparam("lot_id")).scalar_subquery()
SET_REMAINING = Sql(
    update(lot).where(lot.c.account == _id_of, lot.c.txn == _txn_of).values(remaining=bindparam("left"))
)  # fmt: skip
BALANCE = Sql(select(account.c.balance).where(account.c.name == bindparam("name"), account.c.unit == bindparam("unit")))
LOTS = Sql(
    select(ledger_txn.c.txn_id, ledger_txn.c.at, lot.c.amount, lot.c.remaining, lot.c.expires_on)
    .select_from(lot)
    .join(account, account.c.id == lot.c.account)
    .join(ledger_txn, ledger_txn.c.id == lot.c.txn)
    .where(account.c.name == bindparam("name"), account.c.unit == bindparam("unit"))
)
BY_ID = Sql(select(ledger_txn).where(ledger_txn.c.txn_id == bindparam("txn_id")))
LEGS = Sql(
    select(account.c.name, account.c.unit, ledger_leg.c.amount)
    .select_from(ledger_leg)
    .join(account, account.c.id == ledger_leg.c.account)
    .where(ledger_leg.c.txn == bindparam("txn"))
    .order_by(ledger_leg.c.n)
)
TOUCHING = Sql(
    select(ledger_txn)
    .where(
        ledger_txn.c.id.in_(
            select(ledger_leg.c.txn)
            .join(account, account.c.id == ledger_leg.c.account)
            .where(account.c.name == bindparam("name"))
        )
    )
    .order_by(ledger_txn.c.id.desc())
    .limit(bindparam("most"))
)


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
