"""Price line: one product on a price list, beside what it costs on the shelf and what it cost the shop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storeapp.domain.money import Money
from storeapp.domain.price_list import DEAREST_FEN
from storeapp.domain.product import Product

Doubt = Literal["", "below_cost", "below_floor", "above_shelf"]
PriceReason = Literal["", "negative", "zero", "too_large", "above_reason"]
SHELF_TIMES_MOST = 100


@dataclass(frozen=True, slots=True)
class PriceLine:
    """`product` is None where the catalogue has lost it, `price` where none was given yet."""

    code: str
    product: Product | None = None
    price: Money | None = None

    @property
    def name(self) -> str:
        return self.code if self.product is None else self.product.name

    @property
    def cost(self) -> Money | None:
        return None if self.product is None else self.product.cost

    @property
    def margin_percent(self) -> int | None:
        """What is left of the price over the cost, in percent of the price; None where one of them is unknown."""
        if self.price is None or self.price.fen <= 0 or self.cost is None:
            return None
        return (self.price - self.cost).fen * 100 // self.price.fen

    @property
    def refusal(self) -> PriceReason:
        """Why this price cannot be, "" where it can, or where there is none yet."""
        return "" if self.price is None else refusal(self.price, self.product)

    def doubt(self, floor_percent: int | None) -> Doubt:
        """What the owner should look at again. `floor_percent` is the least over the cost; None asks for nothing."""
        if self.price is None or self.product is None:
            return ""
        if self.cost is not None:
            if self.price < self.cost:
                return "below_cost"
            if floor_percent is not None and self.price.fen * 100 < self.cost.fen * (100 + floor_percent):
                return "below_floor"
        return "above_shelf" if self.price > self.product.price else ""


def refusal(price: Money, product: Product | None) -> PriceReason:
    """Why `price` cannot stand on a list: a slip of the finger or a barcode, and never what somebody meant."""
    if price.fen <= 0:
        return "negative" if price.fen < 0 else "zero"
    if price.fen > DEAREST_FEN:
        return "too_large"
    shelf = 0 if product is None else product.price.fen
    return "above_reason" if 0 < shelf * SHELF_TIMES_MOST < price.fen else ""
