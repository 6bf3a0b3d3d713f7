"""The ledger's tables: transactions, their legs, and the points lots they opened. Legs are only ever added."""

from __future__ import annotations

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

from storeapp.database.tables.schema import key, metadata, number, words

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

ADD_TXN = _txn.on_conflict_do_nothing(index_elements=["txn_id"]).returning(ledger_txn.c.id)

_account = upsert(account)

# no CHECK stands on a balance: SQLite tests it on the row proposed here, before it turns into the sum
MOVE = _account.on_conflict_do_update(
    index_elements=["name", "unit"], set_={"balance": account.c.balance + _account.excluded.balance}
)

_id_of = (
    select(account.c.id)
    .where(account.c.name == bindparam("name"), account.c.unit == bindparam("unit"))
    .scalar_subquery()
)

ADD_LEG = insert(ledger_leg).values(txn=bindparam("txn"), n=bindparam("n"), account=_id_of, amount=bindparam("amount"))

ADD_LOT = insert(lot).values(
    account=_id_of,
    txn=bindparam("txn"),
    amount=bindparam("amount"),
    remaining=bindparam("remaining"),
    expires_on=bindparam("expires_on"),
)

_txn_of = select(ledger_txn.c.id).where(ledger_txn.c.txn_id == bindparam("lot_id")).scalar_subquery()

SET_REMAINING = (
    update(lot).where(lot.c.account == _id_of, lot.c.txn == _txn_of).values(remaining=bindparam("left"))
)  # fmt: skip

BALANCE = select(account.c.balance).where(account.c.name == bindparam("name"), account.c.unit == bindparam("unit"))

LOTS = (
    select(ledger_txn.c.txn_id, ledger_txn.c.at, lot.c.amount, lot.c.remaining, lot.c.expires_on)
    .select_from(lot)
    .join(account, account.c.id == lot.c.account)
    .join(ledger_txn, ledger_txn.c.id == lot.c.txn)
    .where(account.c.name == bindparam("name"), account.c.unit == bindparam("unit"))
)

BY_ID = select(ledger_txn).where(ledger_txn.c.txn_id == bindparam("txn_id"))

LEGS = (
    select(account.c.name, account.c.unit, ledger_leg.c.amount)
    .select_from(ledger_leg)
    .join(account, account.c.id == ledger_leg.c.account)
    .where(ledger_leg.c.txn == bindparam("txn"))
    .order_by(ledger_leg.c.n)
)

TOUCHING = (
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
