"""Referrals: the first till to write a newcomer down thanks both; it is told what she buys at other tills.

Of two tills that wrote her down, without hearing each other, the earlier word counts.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from storeapp.cloud import feeds, members
from storeapp.cloud.projector.bodies import ReferralSaid
from storeapp.cloud.projector.people import MemberMissing
from storeapp.cloud.projector.work import Event, Work
from storeapp.cloud.tables.referrals import referral
from storeapp.cloud.tables.refunds import refund
from storeapp.cloud.tables.sales import sale, sale_tender
from storeapp.wire import codec

STATES = ("named", "rewarded", "reversed", "closed")


def said(work: Work, event: Event, body: ReferralSaid) -> None:
    """A till wrote down who brought her, or what came of it."""
    if not all(members.exists(work.posting, name) for name in (body.newcomer_id, body.referrer_id)):
        raise MemberMissing
    this = sa.and_(referral.c.tenant_id == work.tenant_id, referral.c.newcomer_id == body.newcomer_id)
    held = work.connection.execute(sa.select(referral).where(this).with_for_update()).one_or_none()
    device_id = work.source.device_id
    row = {
        "referrer_id": body.referrer_id,
        "device_id": device_id,
        "named_at": body.named_at,
        "state": body.state,
        "body": codec.canonical(body.model_dump() | {"device_id": device_id}).decode("utf-8"),
    }
    if held is None:
        key = {"tenant_id": work.tenant_id, "newcomer_id": body.newcomer_id}
        work.connection.execute(sa.insert(referral), key | row)
    elif held.device_id == device_id:
        # what waited in quarantine may come late
        if STATES.index(body.state) < STATES.index(held.state):
            return
        work.connection.execute(sa.update(referral).where(this).values(row))
    else:
        if body.state in ("named", "rewarded"):
            work.flag(event, "referred_twice")
            facts = {"newcomer_id": body.newcomer_id, "first": held.device_id, "second": device_id}
            work.posting.alarm("referred_twice", facts | {"state": body.state})
        ours, theirs = (datetime.fromisoformat(at) for at in (body.named_at, held.named_at))
        if (ours, device_id) < (theirs, held.device_id):
            work.connection.execute(sa.update(referral).where(this).values(row))
    _tell(work, body.newcomer_id)
    _tell_bought(work, sale.c.member_id == body.newcomer_id)


def _tell(work: Work, newcomer_id: str) -> None:
    asked = sa.select(referral).where(referral.c.tenant_id == work.tenant_id, referral.c.newcomer_id == newcomer_id)
    row = work.connection.execute(asked).one()
    body = codec.loads(row.body.encode("utf-8"))
    homes = {store for name in (newcomer_id, row.referrer_id) for store in members.homes(work.posting, name)}
    for store_id in sorted(homes):
        work.posting.tell(feeds.Row(feeds.members_of(store_id), "referral", body))


def settle(work: Work) -> None:
    """Tells the tills of purchases of this batch, and of goods of them that came back; once they are written."""
    numbers = {each.receipt for each in work.sold} | {each.sale_receipt for each in work.brought if each.sale_receipt}
    if numbers:
        _tell_bought(work, sale.c.receipt.in_(sorted(numbers)))


def _tell_bought(work: Work, which: sa.ColumnElement[bool]) -> None:
    """Purchases of newcomers at other tills than the one that named them."""
    asked = (
        sa.select(sale.c.device_id, sale.c.sale_id, sale.c.receipt, sale.c.business_date, sale.c.total_fen)
        .add_columns(referral.c.newcomer_id)
        .select_from(sale.join(referral, referral.c.newcomer_id == sale.c.member_id))
        .where(
            sale.c.tenant_id == work.tenant_id,
            referral.c.tenant_id == work.tenant_id,
            referral.c.state.in_(("named", "rewarded")),
            sale.c.device_id != referral.c.device_id,
            which,
        )
        .order_by(sale.c.sold_at, sale.c.sale_id)
    )
    rows = work.connection.execute(asked).all()
    back, lent = _back(work, sorted({row.receipt for row in rows})), _lent(work, sorted({row.sale_id for row in rows}))
    for row in rows:
        left = 0 if row.sale_id in lent else row.total_fen - back.get(row.receipt, 0)
        body = {"newcomer_id": row.newcomer_id, "sale_id": row.sale_id, "day": row.business_date, "left_fen": left}
        for store_id in members.homes(work.posting, row.newcomer_id):
            work.posting.tell(feeds.Row(feeds.members_of(store_id), "referral.bought", body))


def _back(work: Work, numbers: Sequence[str]) -> dict[str, int]:
    asked = (
        sa.select(refund.c.sale_receipt, sa.func.sum(refund.c.total_fen))
        .where(refund.c.tenant_id == work.tenant_id, refund.c.sale_receipt.in_(numbers))
        .group_by(refund.c.sale_receipt)
    )
    return {number: int(fen) for number, fen in work.connection.execute(asked)}


def _lent(work: Work, sale_ids: Sequence[str]) -> set[str]:
    """What was taken on account is no purchase here: whether it was paid is known where it is owed."""
    asked = sa.select(sale_tender.c.sale_id).where(
        sale_tender.c.tenant_id == work.tenant_id,
        sale_tender.c.sale_id.in_(sale_ids),
        sale_tender.c.kind == "on_account",
    )
    return set(work.connection.execute(asked).scalars())
