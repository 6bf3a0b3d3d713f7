"""Price changes: goods in the open basket whose shelf price is not the one they were rung up at any more.

What stood on the shelf when it was scanned holds until somebody takes the new price: no total moves by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.product import Product

ProductOf = Callable[[str], Product | None]


@dataclass(frozen=True, slots=True)
class PriceChange:
    """Line `number` was rung up at `before`; the shelf says `now`. Equal where only the member price changed."""

    number: int
    name: str
    before: Money
    now: Money


def price_changes(basket: Basket, product_of: ProductOf) -> tuple[PriceChange, ...]:
    """The lines whose product costs something else by now."""
    found = []
    for number, line in enumerate(basket.lines, start=1):
        product = _renewed(line, product_of)
        if product is not None:
            found.append(PriceChange(number, line.product.name, line.product.price, product.price))
    return tuple(found)


def at_new_prices(basket: Basket, product_of: ProductOf) -> Basket:
    """The same basket at today's shelf prices."""
    lines = []
    for line in basket.lines:
        product = _renewed(line, product_of)
        lines.append(line if product is None else replace(line, product=product))
    return replace(basket, lines=tuple(lines))


def _renewed(line: Line, product_of: ProductOf) -> Product | None:
    """The product at its new price; None where the price is the same, given by hand, or printed on a label."""
    if line.price is not None or line.label_price is not None:
        return None
    known = product_of(line.product.code)
    if known is None:
        return None
    before = line.product
    return None if (known.price, known.member_price) == (before.price, before.member_price) else known
