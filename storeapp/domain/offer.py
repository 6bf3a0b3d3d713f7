"""The offer: why a stranger would scan the receipt, in the owner's words."""

from __future__ import annotations

from dataclasses import dataclass

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
