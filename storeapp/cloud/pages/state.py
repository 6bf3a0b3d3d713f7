"""State: what one page shows, gathered in as few looks at the database as it takes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from storeapp.cloud import feeds
from storeapp.cloud.claims import answering, receipts, rewards, terms
from storeapp.cloud.claims.receipts import SaleSeen, Scanned
from storeapp.cloud.clock import instant
from storeapp.cloud.database import insert_new
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.offers import claim, coupon
from storeapp.cloud.tables.sales import receipt_open
from storeapp.cloud.tables.shops import store, tenant
from storeapp.domain.offer import Offer
from storeapp.domain.policy import Policy
from storeapp.domain.referral import code_of, spoken

ReceiptState = Literal["known", "waiting", "late", "void"]


@dataclass(frozen=True, slots=True)
class Names:
    """Who answers for a page."""

    shop: str
    contact: str


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """The page of a receipt."""

    shop: str
    store: str
    contact: str
    state: ReceiptState
    sale: SaleSeen | None
    offer: Offer | None
    is_claimed: bool
    question: str
    is_answered: bool


@dataclass(frozen=True, slots=True)
class ScanPage:
    """The page after a claim. `state`: parked, done, taken, expired; `coupon_state` once there
    is a coupon: issued, redeemed, void, ended."""

    shop: str
    contact: str
    policy: Policy
    scan_id: str
    token: str
    state: str
    has_joined: bool
    referral_code: str
    offer: Offer
    code: str
    coupon_state: str
    amount_fen: int
    min_spend_fen: int
    valid_from: str
    valid_until: str


def open_receipt(cloud: Cloud, scan: Scanned) -> ReceiptPage:
    """The page of a receipt; that it was opened is counted, and nothing about who opened it."""

    def work(connection: sa.Connection) -> ReceiptPage:
        is_first = _count(connection, cloud, scan)
        page = shown(connection)
        if is_first:
            body = {"receipt_token": scan.token, "at": instant(cloud.clock())}
            feeds.append(connection, scan.tenant_id, [feeds.Row(feeds.members_of(scan.store_id), "opened", body)])
        return page

    def shown(connection: sa.Connection) -> ReceiptPage:
        policy = terms.policy_of(connection, scan.tenant_id)
        shop, store_name = _names(connection, scan.tenant_id, scan.store_id, policy)
        sale = receipts.seen(connection, scan.tenant_id, scan.token)
        rewarded = sa.select(claim.c.scan_id).where(
            claim.c.tenant_id == scan.tenant_id, claim.c.token == scan.token, claim.c.state == "done"
        )
        return ReceiptPage(
            shop=shop,
            store=store_name,
            contact=policy.text("shop.contact"),
            state=_state(cloud, scan, sale),
            sale=sale,
            offer=policy.offer(),
            is_claimed=connection.execute(rewarded).first() is not None,
            question=answering.question(connection, scan.tenant_id)
            if sale is not None and sale.state != "void"
            else "",
            is_answered=answering.is_answered(connection, scan),
        )

    return cloud.database.write(scan.tenant_id, work)


def names(cloud: Cloud, scan: Scanned) -> Names:
    """Who answers for the pages of this receipt's shop."""

    def work(connection: sa.Connection) -> Names:
        policy = terms.policy_of(connection, scan.tenant_id)
        shop, _store = _names(connection, scan.tenant_id, scan.store_id, policy)
        return Names(shop, policy.text("shop.contact"))

    return cloud.database.read(scan.tenant_id, work)


def _state(cloud: Cloud, scan: Scanned, sale: SaleSeen | None) -> ReceiptState:
    if sale is not None:
        return "void" if sale.state == "void" else "known"
    if scan.day is not None and cloud.clock().date() - scan.day > timedelta(days=rewards.PARKED_FOR.days):
        return "late"
    return "waiting"


def _code(policy: Policy, member_id: str | None) -> str:
    """What a friend may name at the counter; "" where the owner gives nothing for it."""
    is_on = policy.get("referral.enabled") and member_id is not None
    return spoken(code_of(member_id or "")) if is_on else ""


def _coupon_state(cloud: Cloud, policy: Policy, state: str, valid_until: str) -> str:
    """The coupon's own state, or "ended" when its last day is over on the shop's calendar."""
    today = cloud.clock().astimezone(ZoneInfo(policy.text("shop.zone"))).date()
    return "ended" if state == "issued" and today.isoformat() > valid_until else state


def _names(connection: sa.Connection, tenant_id: str, store_id: str, policy: Policy) -> tuple[str, str]:
    """The shop's name, and the store's where it says more."""
    asked = sa.select(store.c.name).where(store.c.tenant_id == tenant_id, store.c.store_id == store_id)
    store_name = str(connection.execute(asked).scalar_one())
    named = sa.select(tenant.c.name).where(tenant.c.tenant_id == tenant_id)
    shop = policy.text("shop.name") or str(connection.execute(named).scalar_one())
    return shop, "" if store_name == shop else store_name


def _count(connection: sa.Connection, cloud: Cloud, scan: Scanned) -> bool:
    """One more look at this page; True if it is the first."""
    row = {
        "tenant_id": scan.tenant_id,
        "token": scan.token,
        "store_id": scan.store_id,
        "till_id": scan.till_id,
        "first_at": cloud.clock(),
        "opens": 0,
    }
    insert_new(connection, receipt_open, [row])
    counted = (
        sa.update(receipt_open)
        .where(receipt_open.c.tenant_id == scan.tenant_id, receipt_open.c.token == scan.token)
        .values(opens=receipt_open.c.opens + 1)
        .returning(receipt_open.c.opens)
    )
    return int(connection.execute(counted).scalar_one()) == 1


def scan_page(cloud: Cloud, tenant_id: str, scan_id: str) -> ScanPage | None:
    """The page after a claim, or None if nobody made this claim."""

    def work(connection: sa.Connection) -> ScanPage | None:
        asked = sa.select(claim).where(claim.c.tenant_id == tenant_id, claim.c.scan_id == scan_id)
        row = connection.execute(asked).one_or_none()
        if row is None:
            return None
        policy = terms.policy_of(connection, tenant_id)
        shop, _store = _names(connection, tenant_id, row.store_id, policy)
        offer = terms.from_text(row.terms)
        of_claim = sa.select(coupon).where(coupon.c.tenant_id == tenant_id, coupon.c.coupon_id == row.coupon_id)
        made = connection.execute(of_claim).one_or_none() if row.coupon_id is not None else None
        return ScanPage(
            shop=shop,
            contact=policy.text("shop.contact"),
            policy=policy,
            scan_id=scan_id,
            token=row.token,
            state=row.state,
            has_joined=row.member_id is not None,
            referral_code=_code(policy, row.member_id),
            offer=offer,
            code="" if made is None else made.code,
            coupon_state="" if made is None else _coupon_state(cloud, policy, made.state, made.valid_until),
            amount_fen=offer.amount.fen if made is None else made.amount_fen,
            min_spend_fen=offer.min_spend.fen if made is None else made.min_spend_fen,
            valid_from="" if made is None else made.valid_from,
            valid_until="" if made is None else made.valid_until,
        )

    return cloud.database.read(tenant_id, work)
