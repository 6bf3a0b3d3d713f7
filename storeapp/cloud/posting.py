"""Posting: what one transaction adds to the books, written in an order in which two never wait for each other.

Ledger transactions first, then the balances in the order of their names, then the feeds in the order of theirs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storeapp.cloud import alarms, feeds
from storeapp.cloud.clock import instant
from storeapp.cloud.database import insert, insert_new
from storeapp.cloud.keys import Keys
from storeapp.cloud.tables.ledgers import balance, ledger_leg, ledger_txn
from storeapp.domain.ledger import Txn, has_lots, legs_data, moves_data, times_account, times_moves


@dataclass(slots=True)
class Posting:
    """The growing side of a transaction: collect with `txn` and `tell`, then `finish` once."""

    connection: sa.Connection
    tenant_id: str
    keys: Keys
    now: datetime
    device_id: str | None = None
    rows: list[feeds.Row] = field(default_factory=list)
    # members who turned out to be somebody else just now: what lies under their names moves on
    gone: set[str] = field(default_factory=set)
    _txns: list[dict[str, Any]] = field(default_factory=list)
    _legs: list[dict[str, Any]] = field(default_factory=list)

    def txn(self, txn: Txn) -> None:
        """A ledger transaction; Txn has made sure that its legs sum to zero in every unit."""
        self._txns.append(
            {
                "tenant_id": self.tenant_id,
                "txn_id": txn.txn_id,
                "kind": txn.kind,
                "device_id": self.device_id,
                "member_id": txn.member_id,
                "at": txn.at,
                "posted_at": self.now,
            }
        )
        for n, leg in enumerate(txn.legs, start=1):
            self._legs.append(
                {
                    "tenant_id": self.tenant_id,
                    "txn_id": txn.txn_id,
                    "n": n,
                    "account": leg.account,
                    "unit": leg.unit,
                    "amount": leg.amount,
                }
            )

    def moved(self) -> dict[tuple[str, str], int]:
        """What is collected moves on each account and unit."""
        return _moved(self._legs)

    def held(self, accounts: Iterable[str]) -> dict[tuple[str, str], int]:
        """What lies on these accounts, by account and unit, once this transaction is finished."""
        names = sorted(set(accounts))
        asked = sa.select(balance.c.account, balance.c.unit, balance.c.amount).where(
            balance.c.tenant_id == self.tenant_id, balance.c.account.in_(names)
        )
        found = {(row.account, row.unit): int(row.amount) for row in self.connection.execute(asked)}
        for key, delta in self.moved().items():
            if key[0] in names:
                found[key] = found.get(key, 0) + delta
        return found

    def tell(self, row: feeds.Row) -> None:
        """A row for a feed."""
        self.rows.append(row)

    def tell_txn(self, store_ids: Sequence[str], txn: Txn) -> None:
        """Tells stores of a ledger transaction, so that their tills know the same balances."""
        body: dict[str, Any] = {
            "txn_id": txn.txn_id,
            "kind": txn.kind,
            "legs": legs_data(txn.legs),
            "at": txn.at,
            "device_id": self.device_id,
            "member_id": txn.member_id,
        }
        times = times_moves(txn.lots)
        if times:
            body["lots"] = moves_data(times)
        for store_id in store_ids:
            self.tell(feeds.Row(feeds.members_of(store_id), "ledger", body))

    def alarm(self, kind: str, facts: Mapping[str, object]) -> None:
        alarms.raise_alarm(self.connection, self.tenant_id, kind, at=self.now, facts=facts, device_id=self.device_id)

    def now_text(self) -> str:
        return instant(self.now)

    def finish(self) -> None:
        """Writes everything collected."""
        if self._txns:
            insert(self.connection, ledger_txn, self._txns)
        if self._legs:
            insert(self.connection, ledger_leg, self._legs)
            _move_balances(self.connection, self.tenant_id, self._legs)
            self._tell_overdrawn()
        if self.rows:
            feeds.append(self.connection, self.tenant_id, self.rows)
        self._txns, self._legs, self.rows = [], [], []

    def _tell_overdrawn(self) -> None:
        """Two tills that could not know of each other spent the same: both sales stand, and the owner hears of it."""
        times = times_account("")
        # of a card the owner hears by its number, where its document is known
        spent = sorted(
            name
            for (name, _), amount in self.moved().items()
            if amount < 0 and has_lots(name) and not name.startswith(times)
        )
        if not spent:
            return
        asked = sa.select(balance.c.account, balance.c.unit, balance.c.amount).where(
            balance.c.tenant_id == self.tenant_id, balance.c.account.in_(spent), balance.c.amount < 0
        )
        for row in self.connection.execute(asked.order_by(balance.c.account, balance.c.unit)).all():
            self.alarm("overdrawn", {"account": row.account, "unit": row.unit, "amount": row.amount})


def _moved(legs: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    found: defaultdict[tuple[str, str], int] = defaultdict(int)
    for leg in legs:
        found[leg["account"], leg["unit"]] += leg["amount"]
    return dict(found)


def _move_balances(connection: sa.Connection, tenant_id: str, legs: Sequence[Mapping[str, Any]]) -> None:
    moved = _moved(legs)
    accounts = sorted(moved)
    # an upsert of the change alone would be checked as if the change were the balance: so first a zero, then the change
    zeros = [{"tenant_id": tenant_id, "account": name, "unit": unit, "amount": 0} for name, unit in accounts]
    insert_new(connection, balance, zeros)
    change = (
        sa.update(balance)
        .where(
            balance.c.tenant_id == sa.bindparam("this_tenant"),
            balance.c.account == sa.bindparam("this_account"),
            balance.c.unit == sa.bindparam("this_unit"),
        )
        .values(amount=balance.c.amount + sa.bindparam("delta"))
    )
    changes = [
        {"this_tenant": tenant_id, "this_account": name, "this_unit": unit, "delta": moved[name, unit]}
        for name, unit in accounts
    ]
    connection.execute(change, changes)
