"""Work: what the handlers of events share while one batch of a device is projected."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storeapp.cloud.database import insert
from storeapp.cloud.posting import Posting
from storeapp.cloud.tills import Tills
from storeapp.domain.ledger import Txn
from storeapp.wire.messages import Personal


@dataclass(frozen=True, slots=True)
class Source:
    """The device whose journal is read, and where it stands."""

    device_id: str
    store_id: str
    till_id: str


@dataclass(frozen=True, slots=True)
class Event:
    """One entry to be projected. `pii` came beside its body."""

    epoch: int
    seq: int
    event_id: str
    type: str
    v: int
    at: str
    body: bytes
    pii: Personal | None = None


@dataclass(frozen=True, slots=True)
class Sold:
    """A sale of this batch: its receipt's token ("" if it is not ours) and number, and its ledger transaction."""

    token: str
    txn: Txn
    receipt: str


@dataclass(frozen=True, slots=True)
class Brought:
    """A refund of this batch; `undone` is the sale of which nothing is left with the customer."""

    event: Event
    txn: Txn
    sale_receipt: str
    undone: str | None = None


@dataclass(slots=True)
class Work:
    """Collects rows while events are read; `write` puts them down in bulk."""

    posting: Posting
    source: Source
    tills: Tills
    flags: list[tuple[int, str]] = field(default_factory=list)
    # the sales of this batch, for what must know them once they are written
    sold: list[Sold] = field(default_factory=list)
    brought: list[Brought] = field(default_factory=list)
    # the vouchers those sales took, by number, with the sale's event
    vouchers: dict[str, Event] = field(default_factory=dict)
    # words about group orders, each with its place in the journal, and the latest pick-up of each order
    ordered: defaultdict[str, list[tuple[str, int, dict[str, Any]]]] = field(default_factory=lambda: defaultdict(list))
    fetched: dict[str, Event] = field(default_factory=dict)
    _rows: defaultdict[sa.Table, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def tenant_id(self) -> str:
        return self.posting.tenant_id

    @property
    def connection(self) -> sa.Connection:
        return self.posting.connection

    @property
    def now(self) -> datetime:
        return self.posting.now

    def add(self, table: sa.Table, row: dict[str, Any]) -> None:
        self._rows[table].append(row | {"tenant_id": self.tenant_id})

    def flag(self, event: Event, code: str) -> None:
        """A remark for the till about an event that stands all the same."""
        self.flags.append((event.seq, code))

    def write(self, *tables: sa.Table) -> None:
        """Writes what was collected for these tables, in this order."""
        for table in tables:
            rows = self._rows.pop(table, [])
            if rows:
                insert(self.connection, table, rows)

    def rows_of(self, table: sa.Table) -> list[dict[str, Any]]:
        """Takes what was collected for a table out of the bulk."""
        return self._rows.pop(table, [])
