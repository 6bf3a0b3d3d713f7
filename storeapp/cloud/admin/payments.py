"""Payments: everything the relay asked for a shop, the newest first, and what became of it. No code, no payer."""

from typing import Any

import sqlalchemy as sa

from storeapp.cloud.admin import tenants
from storeapp.cloud.clock import instant
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.pay import pay_attempt, pay_refund
from storeapp.cloud.tables.shops import device, store, till

MOST = 10_000
UNCLEAR = ("sent", "waiting", "unknown")


def pay_list(cloud: Cloud, tenant_id: str, *, unclear: bool = False, limit: int = 200) -> dict[str, Any]:
    """Takes and refunds of all tills, at most `limit`; with `unclear` those whose end the cloud does not know."""
    tenants.require(cloud, tenant_id)

    def work(connection: sa.Connection) -> list[dict[str, Any]]:
        rows = [*_of(connection, tenant_id, pay_attempt, unclear), *_of(connection, tenant_id, pay_refund, unclear)]
        return sorted(rows, key=lambda row: (row["asked_at"], row["trade_number"]), reverse=True)

    found = cloud.database.read(tenant_id, work)
    return {"payments": found[: max(1, min(limit, MOST))], "count": len(found)}


def _of(connection: sa.Connection, tenant_id: str, table: sa.Table, unclear: bool) -> list[dict[str, Any]]:
    t, is_refund = table.c, table is pay_refund
    joined = table.join(device, sa.and_(device.c.tenant_id == t.tenant_id, device.c.device_id == t.device_id))
    joined = joined.join(till, sa.and_(till.c.tenant_id == t.tenant_id, till.c.till_id == device.c.till_id))
    joined = joined.join(store, sa.and_(store.c.tenant_id == t.tenant_id, store.c.store_id == device.c.store_id))
    tables = (table, device, till, store)
    asked = (
        sa.select(store.c.code.label("store"), till.c.code.label("till"), table)
        .select_from(joined)
        .where(*(one.c.tenant_id == tenant_id for one in tables))
        .order_by(t.asked_at.desc())
        .limit(MOST)
    )
    if unclear:
        asked = asked.where(t.state.in_(UNCLEAR))
    return [
        {
            "store": row["store"],
            "till": row["till"],
            "kind": "refund" if is_refund else "take",
            "provider": row["provider"],
            "trade_number": row["trade_number"],
            "refund_number": row["refund_number"] if is_refund else "",
            "fen": row["fen"],
            "state": row["state"],
            "reason": row["reason"],
            "ref": row["ref"],
            "asked_at": instant(row["asked_at"]),
            "heard_at": None if row["heard_at"] is None else instant(row["heard_at"]),
        }
        for row in connection.execute(asked).mappings()
    ]
