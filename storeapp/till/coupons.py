"""Coupons at the counter: from eight characters to money off, exactly once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storeapp.domain import coupon_terms, crockford
from storeapp.domain.capture import CODE_DIGITS, BadToken, canonical
from storeapp.domain.coupon import Coupon, CouponUsed, TooManyCoupons, UnknownCoupon, coupon_from, normal_code, usable
from storeapp.domain.ledger import Leg, Txn, coupon_account, legs_data
from storeapp.domain.offer import Offer
from storeapp.domain.priced import PricedLine
from storeapp.domain.pricing import goods_for
from storeapp.domain.sale import Sale
from storeapp.till.ports import Books, Ids

COUPONS_A_BASKET = 5


@dataclass(frozen=True, slots=True)
class Promise:
    """A coupon that may be redeemed now. `is_new` if it comes into the books only by being redeemed."""

    coupon: Coupon
    is_new: bool


def promises(
    books: Books,
    codes: tuple[str, ...],
    *,
    lines: Sequence[PricedLine],
    moment: datetime,
    on: date,
    member_id: str | None,
    ids: Ids,
) -> tuple[Promise, ...]:
    """What these codes are good for on these lines; raises the first reason why one is not.

    `moment` is in the shop's zone and falls on the business day `on`.
    """
    if len(codes) > COUPONS_A_BASKET:
        raise TooManyCoupons(COUPONS_A_BASKET)
    found: dict[str, Promise] = {}
    for code in codes:
        promise = look_up(books, code, member_id=member_id, ids=ids)
        goods = goods_for(promise.coupon, lines)
        usable(promise.coupon, on=on, goods=goods, member_id=member_id, moment=moment)
        found[promise.coupon.code] = promise
    return tuple(found.values())


def look_up(books: Books, code: str, *, member_id: str | None, ids: Ids) -> Promise:
    """The coupon behind a code: one the cloud or this till knows, or the one printed on a receipt of this till.

    A receipt's own code counts only while no cloud is joined; with a cloud, claims arrive by its feed.
    Raises UnknownCoupon or CouponUsed.
    """
    wanted = normal_code(code)
    known = books.coupons.by_code(wanted)
    if known is not None:
        return Promise(known, is_new=False)
    sale = books.sales.by_redeem_code(wanted)
    if sale is None:
        raise UnknownCoupon(wanted)
    return Promise(_printed_on(books, sale, wanted, member_id, ids), is_new=True)


def _printed_on(books: Books, sale: Sale, code: str, member_id: str | None, ids: Ids) -> Coupon:
    offer = _offer_of(books, sale)
    if any(refund.is_last for refund in books.refunds.of_sale(sale.sale_id)):
        raise CouponUsed(code, "void")
    # a coupon of a template that this sale earned is another one
    claimed = any(
        books.coupon_grants.of_coupon(one.coupon_id) is None for one in books.coupons.by_receipt_token(sale.token)
    )
    if offer is None or claimed:
        raise CouponUsed(code, "void" if offer is None else "redeemed")
    if member_id is not None and books.coupons.of_offer(offer.offer_id, member_id=member_id) is not None:
        raise CouponUsed(code, "redeemed")
    return coupon_from(
        offer,
        coupon_id=ids.new(),
        code=code,
        claimed_on=datetime.fromisoformat(sale.at).date(),
        receipt_token=sale.token,
        member_id=member_id,
    )


def _offer_of(books: Books, sale: Sale) -> Offer | None:
    """The terms the receipt was printed with: those of its day. A script may have sold for a day before the offer."""
    then, now = books.policy.in_force(at=sale.at).offer(), books.policy.in_force().offer()
    if then is None and now is not None and now.offer_id == sale.offer_id:
        return now
    return then


def new_code(books: Books, coupon_id: str) -> str:
    """Eight characters nobody can guess from another coupon's, and no other coupon answers to."""
    for n in range(1_000):
        digest = hashlib.sha256(f"{coupon_id}/{n}".encode()).digest()
        code = crockford.encode(int.from_bytes(digest[:5]), digits=CODE_DIGITS)
        if books.coupons.by_code(code) is None and books.sales.by_redeem_code(code) is None:
            return code
    raise RuntimeError("no code is free")


def issue(books: Books, coupon: Coupon, *, at: str, txn_id: str, why: Mapping[str, Any] | None = None) -> None:
    """Writes a coupon into the books and the journal, within the caller's transaction; `why` is told with it."""
    legs = (Leg(coupon_account(coupon.coupon_id), "coupon", 1), Leg("coupon.issued", "coupon", -1))
    txn = Txn(txn_id, "coupon.issued", at, legs, member_id=coupon.member_id)
    books.coupons.put(coupon)
    books.ledger.post(txn)
    body = {
        "coupon_id": coupon.coupon_id,
        "code": coupon.code,
        "offer_id": coupon.offer_id,
        "amount_fen": coupon.amount.fen,
        "min_spend_fen": coupon.min_spend.fen,
        "valid_from": coupon.valid_from.isoformat(),
        "valid_until": coupon.valid_until.isoformat(),
        "member_id": coupon.member_id,
        "receipt_token": coupon.receipt_token,
        "txn_id": txn.txn_id,
        "legs": legs_data(legs),
        **(why or {}),
    }
    terms = coupon_terms.as_data(coupon.terms)
    if terms:
        # whoever knows no terms would take it for a plain amount: let it wait there instead
        books.journal.append("coupon.issued", body | {"terms": terms}, at=at, v=coupon_terms.VERSION)
    else:
        books.journal.append("coupon.issued", body, at=at)


def token_or_none(text: str) -> str | None:
    """The capture token in a scanned text: alone, or as the last part of a receipt's address."""
    last = text.strip().rstrip("/").rsplit("/", 1)[-1]
    try:
        return canonical(last)
    except BadToken:
        return None
