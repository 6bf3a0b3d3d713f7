"""Rewards: the coupon a claim becomes, issued once, redeemed once, and told to the tills in the same transaction.

Two unique keys decide, never a look beforehand: one a receipt and offer, one a person and offer.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from storeapp.cloud import feeds, members
from storeapp.cloud.claims import terms
from storeapp.cloud.database import insert_new
from storeapp.cloud.posting import Posting
from storeapp.cloud.tables.offers import claim, coupon, reward
from storeapp.domain import coupon_terms, crockford
from storeapp.domain.capture import CODE_DIGITS
from storeapp.domain.coupon import Coupon, coupon_from
from storeapp.domain.ledger import Leg, Txn, coupon_account
from storeapp.domain.offer import Offer
from storeapp.wire import codec

# a claim waits this long for the sale behind its receipt
PARKED_FOR = timedelta(hours=72)
ISSUED, VOID = "coupon.issued", "coupon.void"


def grant(
    posting: Posting, offer: Offer, *, token: str, store_id: str, claimed_at: datetime, member_id: str | None
) -> str | None:
    """The id of the coupon this receipt earns; None when the receipt, or the person, has had it already."""
    coupon_id = str(uuid4())
    row = {
        "tenant_id": posting.tenant_id,
        "offer_id": offer.offer_id,
        "receipt_token": token,
        "coupon_id": coupon_id,
        "member_id": member_id,
    }
    insert_new(posting.connection, reward, [row])
    asked = sa.select(reward.c.coupon_id).where(
        reward.c.tenant_id == posting.tenant_id,
        reward.c.offer_id == offer.offer_id,
        reward.c.receipt_token == token,
    )
    if posting.connection.execute(asked).scalar_one_or_none() != coupon_id:
        return None
    zone = ZoneInfo(terms.policy_of(posting.connection, posting.tenant_id).text("shop.zone"))
    made = coupon_from(
        offer,
        coupon_id=coupon_id,
        code=_new_code(posting),
        claimed_on=claimed_at.astimezone(zone).date(),
        receipt_token=token,
        member_id=member_id,
    )
    issue(posting, made, store_id=store_id)
    return coupon_id


def _new_code(posting: Posting) -> str:
    while True:
        code = crockford.encode(secrets.randbits(5 * CODE_DIGITS), digits=CODE_DIGITS)
        asked = sa.select(coupon.c.coupon_id).where(coupon.c.tenant_id == posting.tenant_id, coupon.c.code == code)
        if posting.connection.execute(asked).first() is None:
            return code


def issue(posting: Posting, made: Coupon, *, store_id: str) -> None:
    """A coupon of the cloud's own enters the books."""
    legs = (Leg(coupon_account(made.coupon_id), "coupon", 1), Leg(ISSUED, "coupon", -1))
    txn = Txn(str(uuid4()), ISSUED, posting.now_text(), legs, member_id=made.member_id)
    enter(posting, made, txn_id=txn.txn_id, store_id=store_id)
    posting.txn(txn)
    tell(posting, made.coupon_id)
    posting.tell_txn(_stores(posting, store_id, made.member_id), txn)


def enter(posting: Posting, made: Coupon, *, txn_id: str, store_id: str) -> None:
    """The coupon's row."""
    row = {
        "tenant_id": posting.tenant_id,
        "coupon_id": made.coupon_id,
        "code": made.code,
        "offer_id": made.offer_id,
        "amount_fen": made.amount.fen,
        "min_spend_fen": made.min_spend.fen,
        "valid_from": made.valid_from.isoformat(),
        "valid_until": made.valid_until.isoformat(),
        "member_id": made.member_id,
        "state": made.state,
        "receipt_token": made.receipt_token,
        "txn_id": txn_id,
        "store_id": store_id,
        "issued_at": posting.now,
        "terms": codec.canonical(coupon_terms.as_data(made.terms)).decode("utf-8"),
    }
    posting.connection.execute(sa.insert(coupon), row)


def _one(tenant_id: str, coupon_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(coupon.c.tenant_id == tenant_id, coupon.c.coupon_id == coupon_id)


def tell(posting: Posting, coupon_id: str) -> None:
    """Tells the tills of the coupon's store, and of its member's store, how it stands."""
    row = posting.connection.execute(sa.select(coupon).where(_one(posting.tenant_id, coupon_id))).one()
    names = (
        "coupon_id", "code", "offer_id", "amount_fen", "min_spend_fen", "valid_from", "valid_until", "member_id",
        "state", "receipt_token", "txn_id",
    )  # fmt: skip
    body = {name: getattr(row, name) for name in names}
    said = codec.loads(row.terms.encode("utf-8"))
    if said:
        body["terms"] = said
    version = coupon_terms.VERSION if said else 1
    for store_id in _stores(posting, row.store_id, row.member_id):
        posting.tell(feeds.Row(feeds.members_of(store_id), "coupon", body, v=version))


def _stores(posting: Posting, store_id: str, member_id: str | None) -> list[str]:
    if member_id is None:
        return [store_id]
    return sorted({store_id, *members.homes(posting, member_id)})


def redeemed(posting: Posting, coupon_id: str, *, member_id: str | None) -> str:
    """Marks a coupon redeemed; answers the state it was in, "unknown" for one nobody has told of yet.

    One that a till took back before it could hear of the sale stays spent, and its being taken back comes to nothing.
    """
    this = _one(posting.tenant_id, coupon_id)
    row = posting.connection.execute(sa.select(coupon.c.state).where(this).with_for_update()).one_or_none()
    if row is None:
        return "unknown"
    if row.state == "void":
        _make_good(posting, coupon_id)
    if row.state in ("issued", "void"):
        # whoever redeems a coupon nobody had claimed by name is its person from now on
        owner = sa.func.coalesce(coupon.c.member_id, sa.literal(member_id, coupon.c.member_id.type))
        posting.connection.execute(sa.update(coupon).where(this).values(state="redeemed", member_id=owner))
        tell(posting, coupon_id)
    return str(row.state)


def give_back(posting: Posting, coupon_id: str) -> None:
    """A coupon whose sale was undone is good again; its legs are the refund's own."""
    this = sa.and_(_one(posting.tenant_id, coupon_id), coupon.c.state == "redeemed")
    if posting.connection.execute(sa.update(coupon).where(this).values(state="issued")).rowcount:
        tell(posting, coupon_id)


def attach(posting: Posting, scan_id: str, member_id: str) -> None:
    """The person behind a scan is this member; her one coupon of the offer is the first she got."""
    mine = sa.and_(claim.c.tenant_id == posting.tenant_id, claim.c.scan_id == scan_id)
    row = posting.connection.execute(sa.select(claim).where(mine).with_for_update()).one()
    if row.member_id is not None:
        return
    posting.connection.execute(sa.update(claim).where(mine).values(member_id=member_id))
    if row.coupon_id is None:
        return
    offer_id = terms.from_text(row.terms).offer_id
    of_offer = sa.and_(reward.c.tenant_id == posting.tenant_id, reward.c.offer_id == offer_id)
    hers = sa.select(reward.c.coupon_id).where(of_offer, reward.c.member_id == member_id)
    if posting.connection.execute(hers).first() is not None:
        if void(posting, row.coupon_id) == "issued":
            posting.connection.execute(sa.update(claim).where(mine).values(state="taken"))
        return
    posting.connection.execute(
        sa.update(reward).where(of_offer, reward.c.receipt_token == row.token).values(member_id=member_id)
    )
    unnamed = sa.and_(_one(posting.tenant_id, row.coupon_id), coupon.c.member_id.is_(None))
    posting.connection.execute(sa.update(coupon).where(unnamed).values(member_id=member_id))
    tell(posting, row.coupon_id)


def void(posting: Posting, coupon_id: str, told: Txn | None = None) -> str:
    """Takes a coupon back, by the entry a till `told` of if it was one; answers the state it was in.

    One that is not out stays as it is: what a till booked comes to nothing again, there and here.
    """
    this = _one(posting.tenant_id, coupon_id)
    row = posting.connection.execute(sa.select(coupon).where(this).with_for_update()).one()
    is_out = row.state == "issued"
    if is_out or told is not None:
        txn = told or _taken_back(posting, row, -1)
        posting.txn(txn)
        posting.tell_txn(_stores(posting, row.store_id, row.member_id), txn)
    if is_out:
        posting.connection.execute(sa.update(coupon).where(this).values(state="void"))
    elif told is not None:
        _make_good(posting, coupon_id)
    if is_out or told is not None:
        tell(posting, coupon_id)
    return str(row.state)


def _make_good(posting: Posting, coupon_id: str) -> None:
    """That it was taken back once comes to nothing."""
    row = posting.connection.execute(sa.select(coupon).where(_one(posting.tenant_id, coupon_id))).one()
    txn = _taken_back(posting, row, 1)
    posting.txn(txn)
    posting.tell_txn(_stores(posting, row.store_id, row.member_id), txn)


def _taken_back(posting: Posting, row: sa.Row[tuple[object, ...]], amount: int) -> Txn:
    legs = (Leg(coupon_account(row.coupon_id), "coupon", amount), Leg(VOID, "coupon", -amount))
    return Txn(str(uuid4()), VOID, posting.now_text(), legs, member_id=row.member_id)


def complete(posting: Posting, tokens: Sequence[str]) -> None:
    """Answers the claims that waited for these receipts, the first one first."""
    if not tokens:
        return
    waiting = (
        sa.select(claim)
        .where(claim.c.tenant_id == posting.tenant_id, claim.c.token.in_(tokens), claim.c.state == "parked")
        .order_by(claim.c.claimed_at, claim.c.scan_id)
        .with_for_update()
    )
    for row in posting.connection.execute(waiting).all():
        answer(posting, row)


def answer(posting: Posting, row: sa.Row[tuple[object, ...]]) -> str:
    """Answers one claim whose receipt is known: done, taken, or expired because it waited too long."""
    coupon_id = None
    if posting.now - row.claimed_at > PARKED_FOR:
        state = "expired"
    else:
        coupon_id = grant(
            posting,
            terms.from_text(row.terms),
            token=row.token,
            store_id=row.store_id,
            claimed_at=row.claimed_at,
            member_id=row.member_id,
        )
        state = "taken" if coupon_id is None else "done"
    posting.connection.execute(
        sa.update(claim)
        .where(claim.c.tenant_id == posting.tenant_id, claim.c.scan_id == row.scan_id)
        .values(state=state, coupon_id=coupon_id)
    )
    return state
