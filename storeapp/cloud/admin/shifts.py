"""Shifts: the Z reports of a tenant's tills, the newest of each shift last."""

from typing import Any

import sqlalchemy as sa

from storeapp.cloud.admin import tenants
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.shifts import TOLD, z_report, z_tender
from storeapp.cloud.tables.shops import store, till


def shifts(cloud: Cloud, tenant_id: str) -> dict[str, Any]:
    """A row for each Z by store, till, business day and number, with its tenders."""
    tenants.require(cloud, tenant_id)

    def work(connection: sa.Connection) -> list[dict[str, Any]]:
        tenders = _tenders(connection, tenant_id)
        z = z_report.c
        joined = z_report.join(till, sa.and_(till.c.tenant_id == z.tenant_id, till.c.till_id == z.till_id))
        joined = joined.join(store, sa.and_(store.c.tenant_id == z.tenant_id, store.c.store_id == z.store_id))
        asked = (
            sa.select(store.c.code.label("store"), till.c.code.label("till"), z_report)
            .select_from(joined)
            .where(z.tenant_id == tenant_id, till.c.tenant_id == tenant_id, store.c.tenant_id == tenant_id)
            .order_by(store.c.code, till.c.code, z.business_date, z.z_number, z.event_id)
        )
        return [
            {"store": row["store"], "till": row["till"]}
            | {name: row[name] for name in (*TOLD, "difference_fen")}
            | {"unapproved": bool(row["is_unapproved"])}
            | {"tenders": tenders.get((row["device_id"], row["event_id"]), [])}
            for row in connection.execute(asked).mappings()
        ]

    return {"shifts": cloud.database.read(tenant_id, work)}


def _tenders(connection: sa.Connection, tenant_id: str) -> dict[tuple[str, str], list[dict[str, Any]]]:
    asked = sa.select(z_tender).where(z_tender.c.tenant_id == tenant_id).order_by(z_tender.c.tender)
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in connection.execute(asked):
        told = {"tender": row.tender, "expected_fen": row.expected_fen, "counted_fen": row.counted_fen}
        found.setdefault((row.device_id, row.event_id), []).append(told)
    return found
