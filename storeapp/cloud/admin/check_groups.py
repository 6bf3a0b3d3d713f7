"""Check the group orders: what was fetched is what was sold, and what was fetched twice was told the owner."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from storeapp.cloud.projector.groups import picks_of, trouble
from storeapp.cloud.tables.groups import group_order, group_pick
from storeapp.cloud.tables.journals import alarm
from storeapp.cloud.tables.sales import sale, sale_line
from storeapp.wire import codec

Finding = dict[str, Any]


def look(connection: sa.Connection, tenant_id: str) -> Iterator[Finding]:
    """What is wrong."""
    yield from _sold(connection, tenant_id)
    yield from _told(connection, tenant_id)


def _sold(connection: sa.Connection, tenant_id: str) -> Iterator[Finding]:
    """Each pick-up against the lines of its sale."""
    same = sa.and_(*(sale.c[name] == sale_line.c[name] for name in ("tenant_id", "device_id", "sale_id")))
    fetched = sa.select(group_pick.c.sale_id).where(group_pick.c.tenant_id == tenant_id)
    asked = (
        sa.select(sale.c.sale_id, sale_line.c.n, sale_line.c.code, sale_line.c.qty_milli)
        .select_from(sale_line.join(sale, same))
        .where(sale.c.tenant_id == tenant_id, sale_line.c.tenant_id == tenant_id, sale.c.sale_id.in_(fetched))
    )
    lines = {(row.sale_id, row.n): (row.code, row.qty_milli) for row in connection.execute(asked)}
    picks = sa.select(group_pick).where(group_pick.c.tenant_id == tenant_id)
    for row in connection.execute(picks.order_by(group_pick.c.order_id, group_pick.c.sale_id)):
        for number, code, milli in codec.loads(row.lines.encode("utf-8")):
            if lines.get((row.sale_id, number)) != (code, milli):
                yield {"kind": "pickup_differs", "order": row.order_id, "receipt": row.receipt, "line": number}


def _told(connection: sa.Connection, tenant_id: str) -> Iterator[Finding]:
    """Each order of which too much was fetched against what the owner was told."""
    alarms = sa.select(alarm.c.facts).where(
        alarm.c.tenant_id == tenant_id, alarm.c.kind.in_(("pickup_twice", "pickup_cancelled"))
    )
    told = {codec.loads(facts.encode("utf-8"))["order_id"] for facts in connection.execute(alarms).scalars()}
    fetched = sa.select(group_pick.c.order_id).where(group_pick.c.tenant_id == tenant_id)
    orders = sa.select(group_order).where(group_order.c.tenant_id == tenant_id, group_order.c.order_id.in_(fetched))
    for row in connection.execute(orders.order_by(group_order.c.order_id)).all():
        word, _codes = trouble(dict(row._mapping), picks_of(connection, tenant_id, row.order_id))
        if word and row.order_id not in told:
            yield {"kind": "pickup_untold", "order": row.order_id, "word": word}
