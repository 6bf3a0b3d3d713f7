"""The funnel: how far the shoppers of each receipt have come, counted where the receipt was printed.

Bought again: the person who redeemed the coupon came back once more. She is the coupon's member, or the member of the
sale that redeemed it, and has a sale after that one. A coupon redeemed by nobody with a name ends at "redeemed".
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storeapp.cloud.admin import tenants
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.offers import claim, coupon, coupon_use
from storeapp.cloud.tables.sales import receipt, receipt_open, sale
from storeapp.cloud.tables.shops import store, till
from storeapp.domain import funnel as rules
from storeapp.domain.funnel import Journey

KEYS: dict[str, Callable[[Journey], str]] = {
    "store": lambda journey: journey.store,
    "till": lambda journey: f"{journey.store}-{journey.till}",
    "cashier": lambda journey: journey.cashier,
    "offer": lambda journey: journey.offer_id,
    "variant": lambda journey: journey.variant,
    "hour": rules.hour_name,
    "day": lambda journey: journey.day,
}


def funnel(cloud: Cloud, tenant_id: str, by: str = "till") -> dict[str, Any]:
    """The loop of a tenant by one of KEYS, and as a whole."""
    tenants.require(cloud, tenant_id)
    journeys = cloud.database.read(tenant_id, lambda connection: _journeys(connection, tenant_id))
    rows = [{by: name} | asdict(step) for name, step in rules.by(journeys, KEYS[by])]
    return {"by": by, "rows": rows, "whole": asdict(rules.count(journeys))}


def _journeys(connection: sa.Connection, tenant_id: str) -> list[Journey]:
    opened = set(
        connection.execute(sa.select(receipt_open.c.token).where(receipt_open.c.tenant_id == tenant_id)).scalars()
    )
    claimed = set(
        connection.execute(
            sa.select(claim.c.token).where(claim.c.tenant_id == tenant_id, claim.c.state.in_(("done", "parked")))
        ).scalars()
    )
    used = _redeemed(connection, tenant_id)
    later = _last_sales(connection, tenant_id)
    journeys = []
    for row in connection.execute(_receipts(tenant_id)):
        redeemed = used.get(row.token)
        if row.offer_id is None and row.token not in claimed and redeemed is None:
            continue
        journeys.append(
            Journey(
                till=row.till_code,
                cashier=row.cashier,
                hour=row.hour,
                offer_id=row.offer_id or "",
                opened=row.token in opened,
                claimed=row.token in claimed,
                redeemed=redeemed is not None,
                bought_again=_came_back(redeemed, later),
                store=row.store_code,
                day=row.business_date,
            )
        )
    return journeys


def _receipts(tenant_id: str) -> sa.Select[Any]:
    joined = (
        receipt.join(
            sale,
            sa.and_(
                sale.c.tenant_id == receipt.c.tenant_id,
                sale.c.device_id == receipt.c.device_id,
                sale.c.sale_id == receipt.c.sale_id,
            ),
        )
        .join(till, sa.and_(till.c.tenant_id == sale.c.tenant_id, till.c.till_id == sale.c.till_id))
        .join(store, sa.and_(store.c.tenant_id == sale.c.tenant_id, store.c.store_id == sale.c.store_id))
    )
    return (
        sa.select(
            receipt.c.token,
            sale.c.cashier,
            sale.c.hour,
            sale.c.offer_id,
            sale.c.business_date,
            till.c.code.label("till_code"),
            store.c.code.label("store_code"),
        )
        .select_from(joined)
        .where(
            receipt.c.tenant_id == tenant_id,
            sale.c.tenant_id == tenant_id,
            till.c.tenant_id == tenant_id,
            store.c.tenant_id == tenant_id,
        )
    )


def _redeemed(connection: sa.Connection, tenant_id: str) -> dict[str, tuple[str | None, datetime]]:
    """By receipt: who redeemed its coupon, if she has a name here, and when."""
    joined = coupon.join(
        coupon_use,
        sa.and_(coupon_use.c.tenant_id == coupon.c.tenant_id, coupon_use.c.coupon_id == coupon.c.coupon_id),
    ).join(
        sale,
        sa.and_(
            sale.c.tenant_id == coupon_use.c.tenant_id,
            sale.c.device_id == coupon_use.c.device_id,
            sale.c.sale_id == coupon_use.c.sale_id,
        ),
    )
    asked = (
        sa.select(
            coupon.c.receipt_token, sa.func.coalesce(sale.c.member_id, coupon.c.member_id).label("who"), sale.c.sold_at
        )
        .select_from(joined)
        .where(coupon.c.tenant_id == tenant_id, coupon_use.c.tenant_id == tenant_id, sale.c.tenant_id == tenant_id)
    )
    return {row.receipt_token: (row.who, row.sold_at) for row in connection.execute(asked)}


def _last_sales(connection: sa.Connection, tenant_id: str) -> dict[str, datetime]:
    asked = (
        sa.select(sale.c.member_id, sa.func.max(sale.c.sold_at, type_=sale.c.sold_at.type).label("last"))
        .where(sale.c.tenant_id == tenant_id, sale.c.member_id.is_not(None))
        .group_by(sale.c.member_id)
    )
    return {row.member_id: row.last for row in connection.execute(asked)}


def _came_back(redeemed: tuple[str | None, datetime] | None, later: dict[str, datetime]) -> bool:
    if redeemed is None or redeemed[0] is None:
        return False
    who, when = redeemed
    return who in later and later[who] > when
