"""The offer: why a stranger would scan the receipt, in the owner's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from storeapp.domain.coupon import Coupon
from storeapp.domain.money import Money


@dataclass(frozen=True, slots=True)
class Offer:
    """A next-visit coupon of `amount`, usable `starts_after_days` days after the receipt for `valid_days` days."""

    offer_id: str
    headline: str
    small_print: str
    amount: Money
    min_spend: Money
    valid_days: int
    starts_after_days: int = 1


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
