"""Coupons: money off a later visit, issued once and redeemed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from storeapp.domain import crockford
from storeapp.domain.capture import CODE_DIGITS
from storeapp.domain.coupon_terms import PLAIN, CouponTerms
from storeapp.domain.money import Money
from storeapp.errors import Refused

if TYPE_CHECKING:
    from storeapp.domain.offer import Offer

CouponState = Literal["issued", "redeemed", "void"]


@dataclass(eq=False)
class UnknownCoupon(Refused):
    """No coupon answers to `code`, or the shop that could tell is out of reach."""

    code: str
    word = "unknown_coupon"


@dataclass(eq=False)
class CouponUsed(Refused):
    """The coupon `code` has been redeemed or taken back: `state`."""

    code: str
    state: str
    word = "coupon_used"


@dataclass(eq=False)
class CouponNotValid(Refused):
    """The coupon `code` is good from `valid_from` to `valid_until` (ISO dates, both included)."""

    code: str
    valid_from: str
    valid_until: str
    word = "coupon_not_valid"


@dataclass(eq=False)
class CouponNeedsMore(Refused):
    """The coupon `code` needs goods for `min_spend_fen`; the basket holds `spent_fen`."""

    code: str
    min_spend_fen: int
    spent_fen: int
    word = "coupon_needs_more"


@dataclass(eq=False)
class CouponNotHers(Refused):
    """The coupon `code` belongs to another member than the one at the counter."""

    code: str
    word = "coupon_not_hers"


@dataclass(eq=False)
class TooManyCoupons(Refused):
    """A basket takes `most` coupons."""

    most: int
    word = "too_many_coupons"


@dataclass(frozen=True, slots=True)
class Coupon:
    """`amount` off goods of at least `min_spend`, good on the days from `valid_from` to `valid_until`.

    `terms` say what else it may be: percent, one thing for a price, certain goods and hours only.

    `member_id` is None while nobody has said who she is: then whoever shows the code redeems it.
    """

    coupon_id: str
    code: str
    offer_id: str
    amount: Money
    min_spend: Money
    valid_from: date
    valid_until: date
    member_id: str | None = None
    state: CouponState = "issued"
    receipt_token: str = ""
    terms: CouponTerms = PLAIN


@dataclass(eq=False)
class CouponsApart(Refused):
    """The coupon `code` bears no other coupon beside it."""

    code: str
    word = "coupons_apart"


@dataclass(eq=False)
class CouponRests(Refused):
    """The coupon `code` may not be used on this day or at this hour."""

    code: str
    word = "coupon_rests"


@dataclass(eq=False)
class CouponWithoutGoods(Refused):
    """The coupon `code` would take nothing off this basket, and stays good: what it is for is not in it."""

    code: str
    word = "coupon_without_goods"


def usable(coupon: Coupon, *, on: date, goods: Money, member_id: str | None, moment: datetime | None = None) -> None:
    """Raises the reason why `coupon` cannot be used on this basket; returns if it can.

    `goods` is what counts towards its least spend, after promotions; `moment` is in the shop's own zone.
    """
    if coupon.state != "issued":
        raise CouponUsed(coupon.code, coupon.state)
    if not coupon.valid_from <= on <= coupon.valid_until:
        raise CouponNotValid(coupon.code, coupon.valid_from.isoformat(), coupon.valid_until.isoformat())
    if moment is not None and not coupon.terms.is_open(moment):
        raise CouponRests(coupon.code)
    if coupon.member_id is not None and member_id is not None and coupon.member_id != member_id:
        raise CouponNotHers(coupon.code)
    if goods.fen < coupon.min_spend.fen:
        raise CouponNeedsMore(coupon.code, coupon.min_spend.fen, goods.fen)


def normal_code(text: str) -> str:
    """A code as it is stored: `7f3k-9q2l` -> `7F3K9Q21`; raises UnknownCoupon."""
    plain = "".join(text.split()).replace("-", "").upper()
    if len(plain) != CODE_DIGITS:
        raise UnknownCoupon(plain[:26])
    try:
        return crockford.encode(crockford.decode(plain), digits=CODE_DIGITS)
    except ValueError:
        raise UnknownCoupon(plain) from None


def coupon_from(
    offer: Offer, *, coupon_id: str, code: str, claimed_on: date, receipt_token: str, member_id: str | None
) -> Coupon:
    """The coupon a claim of `offer` on that day makes."""
    first = claimed_on + timedelta(days=offer.starts_after_days)
    return Coupon(
        coupon_id=coupon_id,
        code=code,
        offer_id=offer.offer_id,
        amount=offer.amount,
        min_spend=offer.min_spend,
        valid_from=first,
        valid_until=first + timedelta(days=offer.valid_days - 1),
        member_id=member_id,
        receipt_token=receipt_token,
    )
