"""Receipts: from a token to its tenant, till and sale."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.directory import directory_token
from storeapp.cloud.tables.sales import receipt, sale
from storeapp.cloud.tables.shops import till
from storeapp.domain import capture
from storeapp.domain.capture import BadToken


@dataclass(frozen=True, slots=True)
class Scanned:
    """A token that is truly a receipt of one of our tills. `day` is the business day it was printed on, if it says."""

    token: str
    tenant_id: str
    store_id: str
    till_id: str
    till_number: int
    day: date | None


_WITH_SALE = receipt.join(
    sale,
    sa.and_(
        sale.c.tenant_id == receipt.c.tenant_id,
        sale.c.device_id == receipt.c.device_id,
        sale.c.sale_id == receipt.c.sale_id,
    ),
)


@dataclass(frozen=True, slots=True)
class SaleSeen:
    """What a shopper's phone may show of a sale."""

    state: str
    receipt: str
    at: str
    total_fen: int
    due_fen: int
    offer_id: str | None


def scanned(cloud: Cloud, text: str) -> Scanned:
    """Whose receipt this is; raises BadToken. A token of an enrolled till is proven without the database."""
    head = capture.head_of(text)
    token = capture.canonical(text)
    if head.version != capture.STANDALONE_VERSION:
        checked, entry = cloud.tills.proven(token)
        return Scanned(token, entry.tenant_id, entry.store_id, entry.till_id, head.till_number, checked.day)
    # printed before its till knew any cloud, with a key we never had: it counts once its sale was told
    return _told_of(cloud, token)


def _told_of(cloud: Cloud, token: str) -> Scanned:
    def owner(connection: sa.Connection) -> str | None:
        asked = sa.select(directory_token.c.tenant_id).where(directory_token.c.token == token)
        return connection.execute(asked).scalar_one_or_none()

    tenant_id = cloud.database.read(None, owner)
    if tenant_id is None:
        raise BadToken

    def place(connection: sa.Connection) -> Scanned | None:
        joined = _WITH_SALE.join(till, sa.and_(till.c.tenant_id == sale.c.tenant_id, till.c.till_id == sale.c.till_id))
        asked = (
            sa.select(sale.c.store_id, sale.c.till_id, till.c.till_number)
            .select_from(joined)
            .where(
                receipt.c.tenant_id == tenant_id,
                sale.c.tenant_id == tenant_id,
                till.c.tenant_id == tenant_id,
                receipt.c.token == token,
            )
        )
        row = connection.execute(asked).one_or_none()
        if row is None:
            return None
        return Scanned(token, tenant_id, row.store_id, row.till_id, row.till_number, None)

    found = cloud.database.read(tenant_id, place)
    if found is None:
        raise BadToken
    return found


def seen(connection: sa.Connection, tenant_id: str, token: str) -> SaleSeen | None:
    """The sale behind a token, or None while it has not arrived."""
    asked = (
        sa.select(receipt.c.state, sale.c.receipt, sale.c.at, sale.c.total_fen, sale.c.due_fen, sale.c.offer_id)
        .select_from(_WITH_SALE)
        .where(receipt.c.tenant_id == tenant_id, sale.c.tenant_id == tenant_id, receipt.c.token == token)
    )
    row = connection.execute(asked).one_or_none()
    return None if row is None else SaleSeen(*row)


def buyer(connection: sa.Connection, tenant_id: str, token: str) -> str | None:
    """The member whose purchase it was, if anybody's."""
    asked = (
        sa.select(sale.c.member_id)
        .select_from(_WITH_SALE)
        .where(receipt.c.tenant_id == tenant_id, sale.c.tenant_id == tenant_id, receipt.c.token == token)
    )
    return connection.execute(asked).scalar_one_or_none()
