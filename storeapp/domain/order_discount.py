"""A discount on the whole basket, spread over its lines at once: a later return of one line needs no guess."""

from __future__ import annotations

from dataclasses import dataclass, replace

from storeapp.domain.basket import Basket, ReasonMissing
from storeapp.domain.money import Money, split
from storeapp.domain.priced import PricedBasket, PricedLine
from storeapp.errors import Refused


@dataclass(eq=False)
class DiscountExceedsBasket(Refused):
    """The lines cost `total_fen`; `discount_fen` cannot come off them."""

    total_fen: int
    discount_fen: int
    word = "discount_exceeds_basket"


def discounted(basket: Basket, priced: PricedBasket, amount: Money, reason: str) -> Basket:
    """`basket` with `amount` off, in proportion to what each line costs after the discounts it has already.

    A line that has a reason of its own keeps it. Raises ReasonMissing or DiscountExceedsBasket.
    """
    if not reason.strip():
        raise ReasonMissing(0)
    nets = [_before_coupons(line) for line in priced.lines]
    if not 0 <= amount.fen <= sum(nets):
        raise DiscountExceedsBasket(sum(nets), amount.fen)
    if not amount.fen:
        return basket
    shares = split(amount, nets)
    lines = tuple(
        replace(line, discount=line.discount + share, discount_reason=line.discount_reason or reason)
        if share.fen
        else line
        for line, share in zip(basket.lines, shares, strict=True)
    )
    return replace(basket, lines=lines)


def _before_coupons(line: PricedLine) -> int:
    """What a line costs before coupons take their part, in fen: a discount by hand comes off first."""
    return line.net.fen + sum(cut.amount.fen for cut in line.cuts if cut.reason == "coupon")
