"""Alarms: what no program can put right by itself, kept until a person has looked.

They are raised in the midst of other work and told afterwards: whoever reads the owner's words hears first of every
alarm that is not as it was told last. So no batch of a till holds the counter of a feed for them, and what was raised
by an older program is told as well.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from storeapp.cloud import feeds
from storeapp.cloud.clock import instant
from storeapp.cloud.database import Database
from storeapp.cloud.tables.journals import alarm
from storeapp.cloud.tables.sales import sale
from storeapp.cloud.tables.shops import device, store, till
from storeapp.wire import codec

_AT_ONCE = 200
_SALES = ("first", "second")


def raise_alarm(
    connection: sa.Connection,
    tenant_id: str,
    kind: str,
    *,
    at: datetime,
    facts: Mapping[str, object],
    device_id: str | None = None,
) -> None:
    """Notes an alarm; `facts` holds ids and amounts, never a name or a number of a person."""
    row = {
        "tenant_id": tenant_id,
        "alarm_id": str(uuid4()),
        "kind": kind,
        "device_id": device_id,
        "facts": codec.canonical(facts).decode("utf-8"),
        "at": at,
        "state": "open",
        "seen_by": "",
        "settled_at": None,
        "is_told": False,
    }
    connection.execute(sa.insert(alarm), row)


def holds(connection: sa.Connection, tenant_id: str, kind: str, device_id: str) -> bool:
    """Whether what such an alarm of that device was raised for is not over yet."""
    asked = sa.select(alarm.c.alarm_id).where(
        alarm.c.tenant_id == tenant_id,
        alarm.c.kind == kind,
        alarm.c.device_id == device_id,
        alarm.c.state != "over",
    )
    return connection.execute(asked).first() is not None


def end(connection: sa.Connection, tenant_id: str, kinds: Iterable[str], device_id: str, *, at: datetime) -> None:
    """What such alarms of that device were raised for holds no more."""
    these = sa.and_(alarm.c.tenant_id == tenant_id, alarm.c.device_id == device_id, alarm.c.state != "over")
    connection.execute(
        sa.update(alarm).where(these, alarm.c.kind.in_(list(kinds))).values(state="over", settled_at=at, is_told=False)
    )


def see(connection: sa.Connection, tenant_id: str, alarm_id: str, *, by: str, at: datetime) -> None:
    """A person has looked, says a till; who was first stands. What a till found by itself has no row here."""
    if not _is_uuid(alarm_id):
        return
    this = sa.and_(alarm.c.tenant_id == tenant_id, alarm.c.alarm_id == alarm_id, alarm.c.state == "open")
    connection.execute(sa.update(alarm).where(this).values(state="seen", seen_by=by, settled_at=at, is_told=False))


def tell(database: Database, tenant_id: str) -> None:
    """Puts every alarm that is not as it was told last among the owner's words."""
    untold = sa.and_(alarm.c.tenant_id == tenant_id, alarm.c.is_told.is_(False))

    def waits(connection: sa.Connection) -> bool:
        return connection.execute(sa.select(alarm.c.alarm_id).where(untold).limit(1)).first() is not None

    def work(connection: sa.Connection) -> None:
        asked = sa.select(alarm).where(untold).order_by(alarm.c.at, alarm.c.alarm_id).limit(_AT_ONCE)
        # another till may be told at this very moment
        found = connection.execute(asked.with_for_update()).all()
        places = _places(connection, tenant_id)
        rows = [feeds.Row(feeds.POLICY, "alarm", _body(connection, row, places)) for row in found]
        if rows:
            feeds.append(connection, tenant_id, rows)
        these = sa.and_(alarm.c.tenant_id == tenant_id, alarm.c.alarm_id.in_([row.alarm_id for row in found]))
        connection.execute(sa.update(alarm).where(these).values(is_told=True))

    while database.read(tenant_id, waits):
        database.write(tenant_id, work)


def _body(connection: sa.Connection, row: sa.Row[Any], places: Mapping[str, str]) -> dict[str, Any]:
    return {
        "alarm_id": row.alarm_id,
        "kind": row.kind,
        "at": instant(row.at),
        "till": places.get(row.device_id, ""),
        "facts": _with_receipts(connection, row.tenant_id, codec.loads(row.facts.encode("utf-8"))),
        "state": row.state,
        "by": row.seen_by,
        "settled_at": "" if row.settled_at is None else instant(row.settled_at),
    }


def _places(connection: sa.Connection, tenant_id: str) -> dict[str, str]:
    """Where each device stands, as its receipts say it: store and till."""
    asked = (
        sa.select(device.c.device_id, store.c.code, till.c.code)
        .select_from(
            device.join(till, sa.and_(till.c.tenant_id == device.c.tenant_id, till.c.till_id == device.c.till_id)).join(
                store, sa.and_(store.c.tenant_id == device.c.tenant_id, store.c.store_id == device.c.store_id)
            )
        )
        .where(device.c.tenant_id == tenant_id, till.c.tenant_id == tenant_id, store.c.tenant_id == tenant_id)
    )
    return {device_id: f"{store_code}-{till_code}" for device_id, store_code, till_code in connection.execute(asked)}


def _with_receipts(connection: sa.Connection, tenant_id: str, facts: dict[str, Any]) -> dict[str, Any]:
    """A person looks sales up by their receipts, not by their ids."""
    ids = [facts[name] for name in _SALES if _is_uuid(facts.get(name))]
    if not ids or "receipts" in facts:
        return facts
    asked = sa.select(sale.c.receipt).where(sale.c.tenant_id == tenant_id, sale.c.sale_id.in_(ids))
    receipts = sorted(connection.execute(asked).scalars())
    return facts | {"receipts": receipts} if receipts else facts


def _is_uuid(text: object) -> bool:
    try:
        return isinstance(text, str) and str(UUID(text)) == text
    except ValueError:
        return False
