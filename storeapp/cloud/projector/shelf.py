"""The shelf and the owner's words: the newest stands, and only what changed is told on."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storeapp.cloud import feeds
from storeapp.cloud.database import insert_new
from storeapp.cloud.projector.bodies import (
    CatalogueChanged,
    CouponTemplateChanged,
    OwnerWordBody,
    PolicyChanged,
    PriceListChanged,
    PromotionChanged,
)
from storeapp.cloud.projector.work import Event, Work
from storeapp.cloud.tables.feeds import coupon_template, policy, price_list, product, promotion
from storeapp.domain import policy as rules
from storeapp.wire import codec


def chosen(work: Work, event: Event, body: PolicyChanged) -> None:
    """The owner chose. A choice made earlier than the one in force, and told later, changes nothing."""
    if body.key in rules.RULES:
        rules.checked(body.key, body.value)
    this = sa.and_(policy.c.tenant_id == work.tenant_id, policy.c.key == body.key)
    before = work.connection.execute(sa.select(policy.c.value, policy.c.at).where(this).with_for_update()).one_or_none()
    said = codec.canonical(body.value).decode("utf-8")
    if before is not None:
        if datetime.fromisoformat(body.at) < datetime.fromisoformat(before.at):
            work.flag(event, "policy_older")
            return
        if before.value == said:
            return
    row = {"tenant_id": work.tenant_id, "key": body.key, "value": said, "at": body.at, "actor": body.actor}
    if before is None:
        work.connection.execute(sa.insert(policy), row)
    else:
        work.connection.execute(sa.update(policy).where(this).values(row))
    told = {"key": body.key, "value": body.value, "at": body.at}
    work.posting.tell(feeds.Row(feeds.POLICY, "policy", told))


def promoted(work: Work, event: Event, body: PromotionChanged) -> None:
    """A promotion was drafted, went live or ended. A word said earlier and told later changes nothing."""
    _said(work, event, body, promotion, {"promotion_id": body.promotion_id})


def priced(work: Work, event: Event, body: PriceListChanged) -> None:
    """The same of a price list."""
    _said(work, event, body, price_list, {"list_id": body.list_id})


def patterned(work: Work, event: Event, body: CouponTemplateChanged) -> None:
    """The same of a coupon template."""
    _said(work, event, body, coupon_template, {"template_id": body.template_id})


def _said(work: Work, event: Event, body: OwnerWordBody, table: sa.Table, named: dict[str, str]) -> None:
    mine = sa.and_(table.c.tenant_id == work.tenant_id, *(table.c[key] == value for key, value in named.items()))
    before = work.connection.execute(sa.select(table).where(mine).with_for_update()).one_or_none()
    text = codec.canonical(body.data).decode("utf-8")
    if before is not None:
        if datetime.fromisoformat(body.at) < datetime.fromisoformat(before.at):
            work.flag(event, f"{table.name}_older")
            return
        if (before.version, before.state, before.body) == (body.version, body.state, text):
            return
    said = {"version": body.version, "state": body.state, "body": text, "at": body.at, "actor": body.actor}
    row = {"tenant_id": work.tenant_id, **named, **said}
    if before is None:
        work.connection.execute(sa.insert(table), row)
    else:
        work.connection.execute(sa.update(table).where(mine).values(row))
    work.posting.tell(feeds.Row(feeds.POLICY, table.name, body.model_dump()))


def stocked(work: Work, _event: Event, body: CatalogueChanged) -> None:
    """Products came, changed or left."""
    coming = {row.code: row.model_dump() for row in body.rows}
    asked = sa.select(product.c.code, product.c.body, product.c.is_gone).where(
        product.c.tenant_id == work.tenant_id, product.c.code.in_([*coming, *body.gone])
    )
    before = {code: None if is_gone else text for code, text, is_gone in work.connection.execute(asked)}
    changed = []
    for code, row in coming.items():
        text = codec.canonical(row).decode("utf-8")
        if before.get(code) != text:
            changed.append({"code": code, "body": text, "is_gone": False})
            work.posting.tell(feeds.Row(feeds.CATALOG, "product", row))
            before[code] = text
    for code in body.gone:
        if before.get(code) is not None:
            changed.append({"code": code, "body": before[code], "is_gone": True})
            work.posting.tell(feeds.Row(feeds.CATALOG, "product.gone", {"code": code}))
    _put(work, changed)


def _put(work: Work, changed: list[dict[str, Any]]) -> None:
    if not changed:
        return
    insert_new(work.connection, product, [row | {"tenant_id": work.tenant_id} for row in changed])
    newer = (
        sa.update(product)
        .where(product.c.tenant_id == sa.bindparam("this_tenant"), product.c.code == sa.bindparam("this_code"))
        .values(body=sa.bindparam("new_body"), is_gone=sa.bindparam("new_gone"))
    )
    rows = [
        {
            "this_tenant": work.tenant_id,
            "this_code": row["code"],
            "new_body": row["body"],
            "new_gone": row["is_gone"],
        }
        for row in changed
    ]
    work.connection.execute(newer, rows)
