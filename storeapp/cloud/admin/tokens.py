"""Tokens: what a receipt's token says, and whether its sale is here."""

from typing import Any

import sqlalchemy as sa

from storeapp.cloud.claims import receipts
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.shops import store, till
from storeapp.domain.capture import BadToken


def token_show(cloud: Cloud, token: str) -> dict[str, Any]:
    """`state`: unknown (no receipt of any till here), waiting (genuine, its sale has not arrived), known, void."""
    try:
        scan = receipts.scanned(cloud, token.strip())
    except BadToken:
        return {"store": None, "till": None, "day": None, "state": "unknown"}

    def work(connection: sa.Connection) -> tuple[str, str, str]:
        named = sa.select(store.c.code).where(store.c.tenant_id == scan.tenant_id, store.c.store_id == scan.store_id)
        stands = sa.select(till.c.code).where(till.c.tenant_id == scan.tenant_id, till.c.till_id == scan.till_id)
        sale = receipts.seen(connection, scan.tenant_id, scan.token)
        state = "waiting" if sale is None else sale.state
        return connection.execute(named).scalar_one(), connection.execute(stands).scalar_one(), state

    store_code, till_code, state = cloud.database.read(scan.tenant_id, work)
    day = None if scan.day is None else scan.day.isoformat()
    return {"store": store_code, "till": till_code, "day": day, "state": state}
