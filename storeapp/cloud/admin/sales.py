"""Sales: how many, and how much, a till and day, and what came back of it."""

from typing import Any

import sqlalchemy as sa

from storeapp.cloud.admin import tenants
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.refunds import refund
from storeapp.cloud.tables.sales import sale
from storeapp.cloud.tables.shops import store, till

NOTHING = {"count": 0, "total_fen": 0, "due_fen": 0, "refunds": 0, "refunded_fen": 0, "back_fen": 0}


def sales(cloud: Cloud, tenant_id: str) -> dict[str, Any]:
    """What a tenant's tills sold and took back, a row for each store, till and business day."""
    tenants.require(cloud, tenant_id)

    def work(connection: sa.Connection) -> list[dict[str, Any]]:
        found: dict[tuple[str, str, str], dict[str, int]] = {}
        for table, names in (
            (sale, {"count": "", "total_fen": "total_fen", "due_fen": "due_fen"}),
            (refund, {"refunds": "", "refunded_fen": "total_fen", "back_fen": "back_fen"}),
        ):
            for row in connection.execute(_sums(table, [name for name in names.values() if name], tenant_id)):
                figures = dict(zip(names, map(int, row[3:]), strict=True))
                place = (row[0], row[1], row[2])
                found[place] = NOTHING | found.get(place, {}) | figures
        return [
            {"store": place[0], "till": place[1], "business_date": place[2], **found[place]} for place in sorted(found)
        ]

    return {"sales": cloud.database.read(tenant_id, work)}


def _sums(table: sa.Table, amounts: list[str], tenant_id: str) -> sa.Select[Any]:
    """How many documents of a table, and the sums of these columns, by store, till and day."""
    joined = table.join(till, sa.and_(till.c.tenant_id == table.c.tenant_id, till.c.till_id == table.c.till_id))
    joined = joined.join(store, sa.and_(store.c.tenant_id == table.c.tenant_id, store.c.store_id == table.c.store_id))
    place = (store.c.code, till.c.code, table.c.business_date)
    return (
        sa.select(*place, sa.func.count(), *(sa.func.sum(table.c[name]) for name in amounts))
        .select_from(joined)
        .where(table.c.tenant_id == tenant_id, till.c.tenant_id == tenant_id, store.c.tenant_id == tenant_id)
        .group_by(*place)
    )
