"""What pricing answers: a basket, its lines, and every cut with its reason on its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from storeapp.domain.basket import Line
from storeapp.domain.money import ZERO, Money, total
from storeapp.domain.quantity import Quantity

if TYPE_CHECKING:
    # an empty basket has none of them, and loads none
    from storeapp.domain.coupon import Coupon
    from storeapp.domain.promotion_choice import GiftDue, Hint

CutReason = Literal[
    "member_price", "tier_price", "price_list", "group_price", "line_discount", "promotion", "coupon", "card"
]


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
class Cover:
    """`times` pieces of a line that a card takes; one by one they cost `listed` from the shelf."""

    card_id: str
    times: int
    listed: Money


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its price. `gross` at `unit_price`, minus `cuts`, is `net`. Cards take what `covers` says of it."""

    line: Line
    unit_price: Money
    quantity: Quantity
    gross: Money
    cuts: tuple[Cut, ...] = ()
    covers: tuple[Cover, ...] = ()

    @property
    def discount(self) -> Money:
        return total(cut.amount for cut in self.cuts) if self.cuts else ZERO

    @property
    def net(self) -> Money:
        return self.gross - self.discount if self.cuts else self.gross


@dataclass(frozen=True, slots=True)
class PromotionUse:
    """A promotion that counts in a basket or a sale: how often, and what it takes off in all."""

    promotion_id: str
    name: str
    times: int
    amount: Money


@dataclass(frozen=True, slots=True)
class PricedBasket:
    """What a basket costs: `goods` before cuts, `discount` all cuts, `total` what is asked for.

    `hints` are promotions nearly reached, `gifts` what may be added for nothing, `below_floor` the numbers of the lines
    that bring less than the owner asks over their cost.
    """

    lines: tuple[PricedLine, ...]
    coupons: tuple[tuple[Coupon, Money], ...] = ()
    applied: tuple[PromotionUse, ...] = ()
    hints: tuple[Hint, ...] = ()
    gifts: tuple[GiftDue, ...] = ()
    below_floor: tuple[int, ...] = ()

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
