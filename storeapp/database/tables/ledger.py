"""The ledger's tables: transactions, their legs, the lots they opened and what they used of them."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
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
    words("unit", of=("fen", "pts", "coupon", "times")),
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
    Column("n", Integer, CheckConstraint("n >= 0"), primary_key=True, autoincrement=False),
    number("amount", "> 0"),
    number("remaining", ">= 0"),
    words("expires_on", is_null=True),
    words("earned_at", is_null=True),
    CheckConstraint("remaining <= amount"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

Index("lot_lapsing", lot.c.expires_on, sqlite_where=and_(lot.c.expires_on.is_not(None), lot.c.remaining > 0))

lot_use = Table(
    "lot_use",
    metadata,
    Column("txn", Integer, ForeignKey("ledger_txn.id"), primary_key=True, autoincrement=False),
    key("n"),
    Column("account", Integer, nullable=False),
    Column("lot_txn", Integer, nullable=False),
    Column("lot_n", Integer, nullable=False),
    number("amount"),
    words("expires_on", is_null=True),
    ForeignKeyConstraint(["account", "lot_txn", "lot_n"], ["lot.account", "lot.txn", "lot.n"]),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

Index("lot_use_lot", lot_use.c.account, lot_use.c.lot_txn, lot_use.c.lot_n)

reversal = Table(
    "reversal",
    metadata,
    Column("original", Integer, ForeignKey("ledger_txn.id"), primary_key=True, autoincrement=False),
    Column("txn", Integer, ForeignKey("ledger_txn.id"), primary_key=True, autoincrement=False),
    key("n"),
    number("amount", "> 0"),
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

_txn_of = select(ledger_txn.c.id).where(ledger_txn.c.txn_id == bindparam("lot_id")).scalar_subquery()

ADD_LOT = (
    insert(lot)
    .inline()
    .values(
        account=_id_of,
        txn=_txn_of,
        n=bindparam("lot_n"),
        amount=bindparam("amount"),
        remaining=bindparam("left"),
        expires_on=bindparam("expires_on"),
        earned_at=bindparam("earned_at"),
    )
)

SET_LOT = (
    update(lot)
    .where(lot.c.account == _id_of, lot.c.txn == _txn_of, lot.c.n == bindparam("lot_n"))
    .values(remaining=bindparam("left"), expires_on=bindparam("expires_on"))
)

ADD_USE = (
    insert(lot_use)
    .inline()
    .values(
        txn=bindparam("txn"),
        n=bindparam("n"),
        account=_id_of,
        lot_txn=_txn_of,
        lot_n=bindparam("lot_n"),
        amount=bindparam("amount"),
        expires_on=bindparam("expires_on"),
    )
)

ADD_REVERSAL = insert(reversal).inline().values(
    original=_txn_of, txn=bindparam("txn"), n=bindparam("n"), amount=bindparam("amount")
)  # fmt: skip

REVERSED = (
    select(reversal.c.n, func.sum(reversal.c.amount))
    .join(ledger_txn, ledger_txn.c.id == reversal.c.original)
    .where(ledger_txn.c.txn_id == bindparam("lot_id"))
    .group_by(reversal.c.n)
)

_original = ledger_txn.alias("original")

REVERSALS = (
    select(ledger_txn.c.txn_id)
    .join(reversal, reversal.c.txn == ledger_txn.c.id)
    .join(_original, _original.c.id == reversal.c.original)
    .where(_original.c.txn_id == bindparam("lot_id"))
    .group_by(ledger_txn.c.id)
    .order_by(ledger_txn.c.id)
)

OPENED = (
    select(account.c.name, lot.c.n, lot.c.amount, lot.c.expires_on, lot.c.earned_at)
    .select_from(lot)
    .join(account, account.c.id == lot.c.account)
    .join(ledger_txn, ledger_txn.c.id == lot.c.txn)
    .where(ledger_txn.c.txn_id == bindparam("txn_id"))
    .order_by(lot.c.account, lot.c.n)
)

_user = ledger_txn.alias("user")

USES = (
    select(account.c.name, ledger_txn.c.txn_id, lot_use.c.lot_n, lot_use.c.amount, lot_use.c.expires_on)
    .select_from(lot_use)
    .join(_user, _user.c.id == lot_use.c.txn)
    .join(account, account.c.id == lot_use.c.account)
    .join(ledger_txn, ledger_txn.c.id == lot_use.c.lot_txn)
    .where(_user.c.txn_id == bindparam("txn_id"))
    .order_by(lot_use.c.n)
)

BALANCE = select(account.c.balance).where(account.c.name == bindparam("name"), account.c.unit == bindparam("unit"))

_earned = func.coalesce(lot.c.earned_at, ledger_txn.c.at)

LOTS = (
    select(ledger_txn.c.txn_id, lot.c.n, _earned, lot.c.amount, lot.c.remaining, lot.c.expires_on)
    .select_from(lot)
    .join(account, account.c.id == lot.c.account)
    .join(ledger_txn, ledger_txn.c.id == lot.c.txn)
    .where(account.c.name == bindparam("name"), account.c.unit == bindparam("unit"))
)

LAPSED = (
    select(account.c.name)
    .distinct()
    .select_from(lot)
    .join(account, account.c.id == lot.c.account)
    .where(lot.c.expires_on.is_not(None), lot.c.remaining > literal_column("0"), lot.c.expires_on < bindparam("before"))
    .order_by(account.c.name)
)

HOLDING = (
    select(account.c.name, account.c.balance)
    .where(
        account.c.name > bindparam("prefix"),
        account.c.name < bindparam("prefix_end"),
        account.c.balance != 0,
    )
    .order_by(account.c.name)
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
