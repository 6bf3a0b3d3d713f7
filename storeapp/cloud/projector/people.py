"""People: members, consents, points brought along, coupons a till issued by itself."""

from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from storeapp.cloud import members, merging
from storeapp.cloud.claims import rewards
from storeapp.cloud.database import insert_new
from storeapp.cloud.members import NewMember
from storeapp.cloud.projector import sales
from storeapp.cloud.projector.bodies import (
    ConsentBody,
    ConsentChanged,
    CouponIssued,
    CouponVoided,
    LedgerPosted,
    MemberChanged,
    MemberErased,
    MemberJoined,
    MemberMerged,
    ValueDocBody,
)
from storeapp.cloud.projector.sales import tell_members
from storeapp.cloud.projector.work import Event, Work
from storeapp.cloud.tables.offers import coupon, coupon_use, reward
from storeapp.domain import coupon_terms
from storeapp.domain.coupon import Coupon
from storeapp.domain.ledger import Txn
from storeapp.domain.member import Consent
from storeapp.domain.money import Money
from storeapp.errors import Broken


class MemberMissing(Broken):
    """The event is about a member who has not been told of yet; it waits for her."""

    word = "member_missing"


class CouponMissing(Broken):
    """The event is about a coupon that has not been told of yet; it waits for it."""

    word = "coupon_missing"


def joined(work: Work, event: Event, body: MemberJoined) -> None:
    """Somebody joined at the counter. Known already (a page was quicker): she stays as she is."""
    if members.exists(work.posting, body.member_id):
        work.flag(event, "member_known")
        return
    phone, name = ("", "") if event.pii is None else (event.pii.phone, event.pii.name)
    new = NewMember(body.member_id, work.source.store_id, body.joined_at, phone, name, body.tier)
    older = members.add(work.posting, new)
    if older is not None:
        work.flag(event, "phone_taken")
        work.posting.alarm("phone_taken", {"member_id": body.member_id, "older": older})
    for said in body.consents:
        _consent(work, event, body.member_id, said)
    if older is not None:
        # one number is one person: neither till said who is to stay, so it is whoever joined first
        merging.say(work.posting, [(body.member_id, older), (older, body.member_id)], at=event.at)


def _consent(work: Work, event: Event, member_id: str, said: ConsentBody) -> None:
    plain = Consent(said.purpose, said.text_version, said.given, said.channel, said.at)
    members.record(work.posting, member_id, plain, source_id=event.event_id)
    members.tell_consent(work.posting, member_id, plain)


def changed(work: Work, event: Event, body: MemberChanged) -> None:
    _must_exist(work, body.member_id)
    phone = event.pii.phone if event.pii is not None else None
    name = event.pii.name if event.pii is not None else None
    if not members.change(work.posting, body.member_id, phone=phone, name=name, tier=body.tier):
        work.flag(event, "phone_taken")


def agreed(work: Work, event: Event, body: ConsentChanged) -> None:
    _must_exist(work, body.member_id)
    _consent(work, event, body.member_id, body)


def erased(work: Work, _event: Event, body: MemberErased) -> None:
    _must_exist(work, body.member_id)
    members.erase(work.posting, body.member_id)


def merged(work: Work, event: Event, body: MemberMerged) -> None:
    """A till found that two members are one person. Erased is erased: then she is forgotten under both names."""
    for name in (body.gone, body.kept):
        _must_exist(work, name)
    if body.gone == body.kept:
        raise ValueError("one member is not two")
    merging.say(work.posting, [(body.gone, body.kept)], at=event.at)
    if event.pii is not None:
        members.keep_phones(work.posting, body.kept, (event.pii.phone, *(event.pii.others or ())), name=event.pii.name)


def _must_exist(work: Work, member_id: str) -> None:
    if not members.exists(work.posting, member_id):
        raise MemberMissing


def posted(work: Work, event: Event, body: LedgerPosted) -> None:
    """Points and balances that came from elsewhere, or from another member: her store hears of it too."""
    legs, lots = (leg.leg() for leg in body.legs), (lot.move() for lot in body.lots)
    txn = Txn(body.txn_id, body.kind, event.at, tuple(legs), member_id=body.member_id, lots=tuple(lots))
    work.posting.txn(txn)
    tell_members(work, [txn] if body.giver is None else [txn, replace(txn, member_id=body.giver)])


def paid_in(work: Work, event: Event, body: ValueDocBody) -> None:
    """Stored value that was topped up, or paid back: other tills of the shop know the same balance."""
    txn = Txn(
        body.ledger.txn_id,
        body.ledger.kind,
        event.at,
        tuple(leg.leg() for leg in body.ledger.legs),
        member_id=body.member_id,
    )
    work.posting.txn(txn)
    tell_members(work, [txn])


def issued(work: Work, event: Event, body: CouponIssued) -> None:
    """A coupon a till issued by itself, while it knew no cloud; its sale may have been told before."""
    txn = Txn(body.txn_id, "coupon.issued", event.at, tuple(leg.leg() for leg in body.legs), member_id=body.member_id)
    work.posting.txn(txn)
    tenant_id = work.tenant_id
    same_code = sa.select(coupon.c.coupon_id).where(coupon.c.tenant_id == tenant_id, coupon.c.code == body.code)
    other = work.connection.execute(same_code).scalar_one_or_none()
    if other == body.coupon_id:
        # two tills gave it for one reason: it is one coupon, and both have it
        work.flag(event, "coupon_known")
        return
    if other is not None:
        # two tills without a cloud took the same receipt's code: both sales stand, the owner hears of it
        work.flag(event, "coupon_twice")
        work.posting.alarm("coupon_twice", {"code": body.code, "first": other, "second": body.coupon_id})
        return
    used = sa.select(coupon_use.c.sale_id).where(
        coupon_use.c.tenant_id == tenant_id, coupon_use.c.coupon_id == body.coupon_id
    )
    made = Coupon(
        coupon_id=body.coupon_id,
        code=body.code,
        offer_id=body.offer_id,
        amount=Money(body.amount_fen),
        min_spend=Money(body.min_spend_fen),
        valid_from=date.fromisoformat(body.valid_from),
        valid_until=date.fromisoformat(body.valid_until),
        member_id=None if body.member_id is None else members.current(work.posting, body.member_id),
        state="issued" if work.connection.execute(used).first() is None else "redeemed",
        receipt_token=body.receipt_token,
        terms=coupon_terms.from_data(body.terms),
    )
    rewards.enter(work.posting, made, txn_id=body.txn_id, store_id=work.source.store_id)
    if body.receipt_token:
        row = {"offer_id": body.offer_id, "receipt_token": body.receipt_token, "coupon_id": body.coupon_id}
        insert_new(work.connection, reward, [row | {"tenant_id": tenant_id, "member_id": body.member_id}])
    rewards.tell(work.posting, body.coupon_id)
    tell_members(work, [txn])


def voided(work: Work, event: Event, body: CouponVoided) -> None:
    """A coupon a till took back with what it was given for. One that paid elsewhere by then stays spent."""
    this = sa.and_(coupon.c.tenant_id == work.tenant_id, coupon.c.coupon_id == body.coupon_id)
    if work.connection.execute(sa.select(coupon.c.coupon_id).where(this)).first() is None:
        raise CouponMissing
    legs = tuple(leg.leg() for leg in body.legs)
    txn = Txn(body.txn_id, rewards.VOID, event.at, legs, member_id=body.member_id)
    if rewards.void(work.posting, body.coupon_id, txn) == "redeemed":
        same = sa.and_(coupon_use.c.tenant_id == work.tenant_id, coupon_use.c.coupon_id == body.coupon_id)
        sale_id = work.connection.execute(sa.select(coupon_use.c.sale_id).where(same)).scalar_one_or_none()
        sales.coupon_spent(work, event, body.coupon_id, sale_id or "")
