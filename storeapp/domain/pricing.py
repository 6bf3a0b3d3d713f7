"""Pricing: from a basket to what each line costs, every cut with its reason on its line.

One pure function. Cuts apply in this order: member price, line discount, coupon. The coupon is spread over the
lines in proportion, so a later return of one line needs no guess. No line and no total goes below zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from storeapp.domain.basket import DEAREST_LINE, BadPrice, Basket, Line
from storeapp.domain.coupon import Coupon
from storeapp.domain.money import ZERO, Money, split, total
from storeapp.domain.quantity import Quantity, times
from storeapp.errors import Refused

CutReason = Literal["member_price", "tier_price", "price_list", "line_discount", "promotion", "coupon"]


@dataclass(eq=False)
class DiscountExceedsLine(Refused):
    """Line `line` costs `line_fen`; `discount_fen` cannot come off it."""

    line: int
    line_fen: int
    discount_fen: int
    word = "discount_exceeds_line"


@dataclass(frozen=True, slots=True)
class Cut:
    """Money off a line, with the reason as a closed word and a `note` people wrote or know it by.

    `ref` is the id of the promotion, price list or coupon behind it.
    """

    reason: CutReason
    amount: Money
    note: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its price. `gross` at `unit_price`, minus `cuts`, is `net`."""

    line: Line
    unit_price: Money
    quantity: Quantity
    gross: Money
    cuts: tuple[Cut, ...] = ()

    @property
    def discount(self) -> Money:
        return total(cut.amount for cut in self.cuts) if self.cuts else ZERO

    @property
    def net(self) -> Money:
        return self.gross - self.discount if self.cuts else self.gross


@dataclass(frozen=True, slots=True)
class PricedBasket:
    """What a basket costs: `goods` before cuts, `discount` all cuts, `total` what is asked for."""

    lines: tuple[PricedLine, ...]
    coupons: tuple[tuple[Coupon, Money], ...] = ()

    @property
    def goods(self) -> Money:
        return total(line.gross for line in self.lines)

    @property
    def discount(self) -> Money:
        return total(line.discount for line in self.lines)

    @property
    def total(self) -> Money:
        return self.goods - self.discount

    @property
    def coupon_discount(self) -> Money:
        return total(cut for _, cut in self.coupons)

    def cut_by(self, reason: CutReason) -> Money:
        """Everything cut for `reason`."""
        return total(cut.amount for line in self.lines for cut in line.cuts if cut.reason == reason)


def price(basket: Basket, *, is_member: bool, coupons: tuple[Coupon, ...] = ()) -> PricedBasket:
    """What `basket` costs this customer. `coupons` are usable ones; raises DiscountExceedsLine or BadPrice."""
    lines = tuple(_priced(number, line, is_member) for number, line in enumerate(basket.lines, start=1))
    used: list[tuple[Coupon, Money]] = []
    for coupon in coupons:
        left = [line.net.fen for line in lines]
        worth = Money(min(coupon.amount.fen, sum(left)))
        if worth.fen > 0:
            shares = split(worth, left)
            lines = tuple(
                _cut(line, Cut("coupon", share, coupon.code)) for line, share in zip(lines, shares, strict=True)
            )
        used.append((coupon, worth))
    return PricedBasket(lines, tuple(used))


def _priced(number: int, line: Line, is_member: bool) -> PricedLine:
    product = line.product
    unit_price = product.price if line.price is None else line.price
    if line.label_price is None:
        quantity, gross = line.quantity, times(unit_price, line.quantity)
    else:
        # the label's amount is what the customer read; the weight is only shown
        gross = line.label_price
        quantity = weight_behind(gross, unit_price) or line.quantity
    if gross.fen > DEAREST_LINE.fen:
        raise BadPrice(gross.fen)
    priced = PricedLine(line, unit_price, quantity, gross)
    member_price = product.member_price
    if is_member and line.price is None and member_price is not None and member_price.fen < unit_price.fen:
        priced = _cut(priced, Cut("member_price", gross - _at_member_price(gross, line, member_price)))
    if line.discount.fen > priced.net.fen:
        raise DiscountExceedsLine(number, priced.net.fen, line.discount.fen)
    return _cut(priced, Cut("line_discount", line.discount, line.discount_reason))


def weight_behind(gross: Money, unit_price: Money) -> Quantity | None:
    """What a label of `gross` must have weighed at `unit_price`, or None if nobody can tell."""
    if unit_price.fen <= 0:
        return None
    milli = (gross.fen * 1000 + unit_price.fen // 2) // unit_price.fen
    return Quantity(milli) if milli > 0 else None


def _at_member_price(gross: Money, line: Line, member_price: Money) -> Money:
    if line.label_price is None:
        return times(member_price, line.quantity)
    shelf = line.product.price.fen
    return Money((gross.fen * member_price.fen * 2 + shelf) // (2 * shelf))


def _cut(line: PricedLine, cut: Cut) -> PricedLine:
    return line if cut.amount.fen == 0 else replace(line, cuts=(*line.cuts, cut))
