"""Attempts: what the relay asked, kept before it is asked; the only room here that knows the tables."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storeapp.cloud.database import Database, insert
from storeapp.cloud.ingest.auth import Caller
from storeapp.cloud.tables.pay import pay_attempt, pay_refund
from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.errors import Refused

_SHUT = ("failed", "closed", "refunded")


@dataclass(eq=False)
class NumberReused(Refused):
    """This number was used before for something else: `number`."""

    word = "number_reused"
    number: str


@dataclass(eq=False)
class UnknownTrade(Refused):
    """This shop took no money under `trade_number` here."""

    word = "unknown_trade"
    trade_number: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A question as it stands: `state` is sent while nobody has heard an answer."""

    provider: str
    fen: int
    ask_hash: bytes
    state: str
    ref: str = ""
    reason: str = ""
    payer: str = ""

    def take(self, trade_number: str) -> Take:
        """The same as an answer; what is not known yet is not known."""
        return _as_take(self, trade_number, payer=self.payer)


@dataclass(frozen=True, slots=True)
class Trade:
    """One trade of one caller."""

    caller: Caller
    number: str

    @property
    def key(self) -> dict[str, Any]:
        return {
            "tenant_id": self.caller.tenant_id,
            "device_id": self.caller.device_id,
            "trade_number": self.number,
        }

    @property
    def is_here(self) -> sa.ColumnElement[bool]:
        return sa.and_(*(pay_attempt.c[name] == value for name, value in self.key.items()))


def begin(database: Database, trade: Trade, kept: Kept, *, now: datetime) -> Kept | None:
    """Notes the question; the one noted before if there was one. Raises NumberReused if that was another question."""

    def work(connection: sa.Connection) -> Kept | None:
        before = _found(connection, trade)
        if before is None:
            insert(connection, pay_attempt, [trade.key | _values(kept) | {"asked_at": now, "heard_at": None}])
            return None
        # a trade that was undone before it ever arrived takes no money any more, whatever it would have asked
        if before.ask_hash not in (kept.ask_hash, b""):
            raise NumberReused(trade.number)
        return before

    return database.write(trade.caller.tenant_id, work)


def found(database: Database, trade: Trade) -> Kept | None:
    return database.read(trade.caller.tenant_id, lambda connection: _found(connection, trade))


def of_shop(database: Database, tenant_id: str, trade_number: str) -> Kept | None:
    """A trade of any till of this shop: goods are brought back to whichever is free. None if it is not one trade."""

    def work(connection: sa.Connection) -> Kept | None:
        asked = _rows().where(
            pay_attempt.c.tenant_id == tenant_id,
            pay_attempt.c.trade_number == trade_number,
            # one that was undone before it arrived was nobody's
            pay_attempt.c.provider != "",
        )
        rows = connection.execute(asked.limit(2)).all()
        return _kept(rows[0]) if len(rows) == 1 else None

    return database.read(tenant_id, work)


def hear(database: Database, trade: Trade, take: Take, *, now: datetime, undoes: bool = False) -> Kept:
    """Notes an answer. A trade that is shut stays shut; what was paid stays so, unless somebody undoes it."""

    def work(connection: sa.Connection) -> Kept:
        before = _found(connection, trade)
        if before is None:
            raise UnknownTrade(trade.number)
        stays = before.state in _SHUT or (before.state == "paid" and take.state not in _SHUT and not undoes)
        if stays:
            return before
        after = replace(
            before,
            state=take.state,
            ref=take.ref or before.ref,
            reason=take.reason,
            payer=take.payer or before.payer,
        )
        connection.execute(sa.update(pay_attempt).where(trade.is_here).values(**_values(after), heard_at=now))
        return after

    return database.write(trade.caller.tenant_id, work)


def _found(connection: sa.Connection, trade: Trade) -> Kept | None:
    row = connection.execute(_rows().where(trade.is_here)).one_or_none()
    return None if row is None else _kept(row)


def _rows() -> sa.Select[Any]:
    t = pay_attempt.c
    return sa.select(t.provider, t.fen, t.ask_hash, t.state, t.ref, t.reason, t.payer)


def _kept(row: Any) -> Kept:
    return Kept(row.provider, row.fen, bytes(row.ask_hash), row.state, row.ref, row.reason, row.payer)


def _values(kept: Kept) -> dict[str, Any]:
    return {
        "provider": kept.provider,
        "fen": kept.fen,
        "ask_hash": kept.ask_hash,
        "state": kept.state,
        "ref": kept.ref,
        "reason": kept.reason,
        "payer": kept.payer,
    }


@dataclass(frozen=True, slots=True)
class Refund:
    """Money on its way back."""

    trade_number: str
    refund_number: str
    provider: str
    fen: int
    whole_fen: int
    state: str = "sent"
    ref: str = ""
    reason: str = ""

    def take(self) -> Take:
        return _as_take(self, self.trade_number)


def _as_take(kept: "Kept | Refund", trade_number: str, *, payer: str = "") -> Take:
    """As an answer; what nobody has heard of yet is on its way."""
    known = kept.state != "sent"
    return Take(
        kept.state if known else "unknown",  # type: ignore[arg-type]  # the tables have only these
        ref=kept.ref,
        reason=kept.reason if known else "in_flight",
        amount=Money(kept.fen),
        trade_number=trade_number,
        payer=payer,
    )


def begin_refund(database: Database, caller: Caller, wanted: Refund, *, now: datetime) -> Refund | None:
    """Notes the refund; the one noted before if there was one. Raises NumberReused if that was another one."""

    def work(connection: sa.Connection) -> Refund | None:
        before = _refund(connection, caller.tenant_id, wanted.trade_number, wanted.refund_number)
        if before is None:
            row = {
                "tenant_id": caller.tenant_id,
                "device_id": caller.device_id,
                "trade_number": wanted.trade_number,
                "refund_number": wanted.refund_number,
                "provider": wanted.provider,
                "fen": wanted.fen,
                "whole_fen": wanted.whole_fen,
                "state": "sent",
                "ref": "",
                "reason": "",
                "asked_at": now,
                "heard_at": None,
            }
            insert(connection, pay_refund, [row])
            return None
        if (before.fen, before.whole_fen) != (wanted.fen, wanted.whole_fen):
            raise NumberReused(wanted.refund_number)
        return before

    return database.write(caller.tenant_id, work)


def refund_of(database: Database, tenant_id: str, trade_number: str, refund_number: str) -> Refund | None:
    return database.read(tenant_id, lambda connection: _refund(connection, tenant_id, trade_number, refund_number))


def hear_refund(database: Database, tenant_id: str, refund: Refund, take: Take, *, now: datetime) -> Refund:
    """Notes what became of it; money that went back does not come again."""

    def work(connection: sa.Connection) -> Refund:
        before = _refund(connection, tenant_id, refund.trade_number, refund.refund_number) or refund
        if before.state == "refunded":
            return before
        state = take.state if take.state in ("refunded", "failed", "waiting") else "unknown"
        after = replace(before, state=state, ref=take.ref or before.ref, reason=take.reason)
        mine = _is(tenant_id, refund.trade_number, refund.refund_number)
        values = {"state": after.state, "ref": after.ref, "reason": after.reason, "heard_at": now}
        connection.execute(sa.update(pay_refund).where(mine).values(**values))
        return after

    return database.write(tenant_id, work)


def _refund(connection: sa.Connection, tenant_id: str, trade_number: str, refund_number: str) -> Refund | None:
    t = pay_refund.c
    asked = sa.select(t.trade_number, t.refund_number, t.provider, t.fen, t.whole_fen, t.state, t.ref, t.reason)
    row = connection.execute(asked.where(_is(tenant_id, trade_number, refund_number))).one_or_none()
    return None if row is None else Refund(*row)


def _is(tenant_id: str, trade_number: str, refund_number: str) -> sa.ColumnElement[bool]:
    t = pay_refund.c
    return sa.and_(t.tenant_id == tenant_id, t.trade_number == trade_number, t.refund_number == refund_number)
