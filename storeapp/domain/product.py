"""Products: what can be rung up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storeapp.domain.money import Money
from storeapp.errors import Refused

NAME_MAX = 200
_CONTROL = re.compile(r"[\x00-\x1f]")
CODE_MAX = 64


@dataclass(eq=False)
class UnknownCode(Refused):
    """No product, barcode or scale code answers to `code`."""

    code: str
    word = "unknown_code"


@dataclass(eq=False)
class BadProduct(Refused):
    """A product may not look like this: `field` holds `value`, refused because of `reason`."""

    field: str
    value: str
    reason: str
    word = "bad_product"


@dataclass(eq=False)
class CodesTaken(Refused):
    """A code rings up one product only: these belong to others already (code to owner)."""

    codes: dict[str, str]
    word = "codes_taken"


@dataclass(frozen=True, slots=True)
class Product:
    """One thing on the shelf. `code` is the shop's own number, `barcodes` all that also ring it up."""

    code: str
    name: str
    price: Money
    unit: str = ""
    category: str = ""
    barcodes: tuple[str, ...] = ()
    member_price: Money | None = None
    cost: Money | None = None
    stock_milli: int | None = None
    weighed: bool = False
    image: str = ""
    brand: str = ""

    def __post_init__(self) -> None:
        for field, value, most in (("code", self.code, CODE_MAX), ("name", self.name, NAME_MAX)):
            if not value.strip():
                raise BadProduct(field, value, "empty")
            if len(value) > most:
                raise BadProduct(field, value[:40] + "…", "too_long")
            if _CONTROL.search(value):
                raise BadProduct(field, value[:40], "control_character")
        prices = (("price", self.price), ("member_price", self.member_price), ("cost", self.cost))
        for field, price in prices:
            if price is not None and price.fen < 0:
                raise BadProduct(field, str(price.fen), "negative")

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that rings this product up, its own first."""
        return (self.code, *(barcode for barcode in self.barcodes if barcode != self.code))


@dataclass(frozen=True, slots=True)
class QuickKey:
    """A tile on the selling screen. `tab` and `place` order it; `product` is its product's code."""

    tab: str
    place: int
    product: str
