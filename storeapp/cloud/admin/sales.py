"""Sales: how many, and how much, a till and day."""

from typing import Any

import sqlalchemy as sa

from storeapp.cloud.admin import tenants
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.sales import sale
from storeapp.cloud.tables.shops import store, till


def sales(cloud: Cloud, tenant_id: str) -> dict[str, Any]:
    """What a tenant's tills sold, a row for each store, till and business day."""
    tenants.require(cloud, tenant_id)

    def work(connection: sa.Connection) -> list[dict[str, Any]]:
        joined = sale.join(till, sa.and_(till.c.tenant_id == sale.c.tenant_id, till.c.till_id == sale.c.till_id))
        joined = joined.join(store, sa.and_(store.c.tenant_id == sale.c.tenant_id, store.c.store_id == sale.c.store_id))
        place = (store.c.code, till.c.code, sale.c.business_date)
        asked = (
            sa.select(
                *place,
                sa.func.count().label("count"),
                sa.func.sum(sale.c.total_fen).label("total_fen"),
                sa.func.sum(sale.c.due_fen).label("due_fen"),
            )
            .select_from(joined)
            .where(sale.c.tenant_id == tenant_id, till.c.tenant_id == tenant_id, store.c.tenant_id == tenant_id)
            .group_by(*place)
            .order_by(*place)
        )
        return [
            {
                "store": row[0],
                "till": row[1],
                "business_date": row[2],
                "count": row[3],
                "total_fen": int(row[4]),
                "due_fen": int(row[5]),
            }
            for row in connection.execute(asked)
        ]

    return {"sales": cloud.database.read(tenant_id, work)}
