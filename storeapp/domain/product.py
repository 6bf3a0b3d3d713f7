"""Products: what can be rung up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storeapp.domain.money import Money
from storeapp.domain.quantity import is_measure
from storeapp.errors import Refused

NAME_MAX = 200
_CONTROL = re.compile(r"[\x00-\x1f]")
CODE_MAX = 64
PACK_MAX = 10_000


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
    """One thing on the shelf. `code` is the shop's own number, `barcodes` all that also ring it up.

    What is sold in several units (bottle, case) is one product a unit: the larger one names the code of its `base`, and
    is `pack` of it.
    """

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
    base: str = ""
    pack: int = 1

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
        if not (1 < self.pack <= PACK_MAX if self.base else self.pack == 1) or self.base == self.code:
            raise BadProduct("pack", str(self.pack), "not_a_pack")

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that rings this product up, its own first."""
        return (self.code, *(barcode for barcode in self.barcodes if barcode != self.code))

    @property
    def is_by_measure(self) -> bool:
        """Whether it is weighed, poured or cut; else it is sold by the piece."""
        return self.weighed or is_measure(self.unit)


def unit_of(
    base: Product,
    unit: str,
    pack: int,
    price: Money,
    *,
    barcodes: tuple[str, ...] = (),
    member_price: Money | None = None,
) -> Product:
    """`pack` of `base` as one `unit` (箱): its own price and barcodes, all else its base's. Raises BadProduct."""
    if base.weighed or base.base:
        raise BadProduct("pack", str(pack), "not_a_pack")
    return Product(
        code=f"{base.code}/{unit}",
        # told apart wherever a name is read: screens, receipts, reports
        name=f"{base.name}（{unit}×{pack}）",
        price=price,
        unit=unit,
        category=base.category,
        barcodes=barcodes,
        member_price=member_price,
        cost=None if base.cost is None else Money(base.cost.fen * pack),
        image=base.image,
        brand=base.brand,
        base=base.code,
        pack=pack,
    )


def following(unit: Product, base: Product) -> Product:
    """The same unit of a product that has changed. Raises BadProduct."""
    return unit_of(base, unit.unit, unit.pack, unit.price, barcodes=unit.barcodes, member_price=unit.member_price)


@dataclass(frozen=True, slots=True)
class QuickKey:
    """A tile on the selling screen. `tab` and `place` order it; `product` is its product's code."""

    tab: str
    place: int
    product: str
