"""Quantities: exact thousandths, so 1.256 kg stays 1.256 kg."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storeapp.domain.money import Money
from storeapp.errors import Refused

LARGEST_MILLI = 1_000_000_000
# what a shop weighs, pours or cuts is told by the unit it is sold in
_MEASURES = frozenset(("kg", "g", "l", "ml", "m", "cm", "m²"))
_HAN_MEASURES = frozenset(
    ("千克", "公斤", "市斤", "斤", "克", "两", "升", "毫升", "米", "厘米", "尺", "平方米", "平米")
)
_DECIMAL = re.compile(r"(-?)(\d{1,9})(?:\.(\d{1,3}))?")


@dataclass(eq=False)
class BadQuantity(Refused):
    """`quantity` is not a number above zero with at most three decimals."""

    quantity: str
    word = "bad_quantity"


@dataclass(eq=False)
class QuantityTooLarge(Refused):
    """More than a counter ever sells at once: almost certainly a barcode in the quantity field."""

    quantity: str
    word = "quantity_too_large"


@dataclass(eq=False)
class PartOfAPiece(Refused):
    """The goods of line `line` are sold, and come back, by the piece: `quantity` is no whole number of them."""

    line: int
    quantity: str
    word = "part_of_a_piece"


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A count or weight in thousandths of the product's unit; above zero, at most 1,000,000 units."""

    milli: int

    def __post_init__(self) -> None:
        if self.milli <= 0:
            raise BadQuantity(as_decimal(self.milli))
        if self.milli > LARGEST_MILLI:
            raise QuantityTooLarge(as_decimal(self.milli))

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.milli + other.milli)

    @property
    def is_whole(self) -> bool:
        return self.milli % 1000 == 0

    def __str__(self) -> str:
        return as_decimal(self.milli)


ONE = Quantity(1000)


def is_measure(unit: str) -> bool:
    """Whether goods of this unit are weighed, poured or cut, and not counted."""
    return unit.strip().lower() in _MEASURES | _HAN_MEASURES


def as_decimal(milli: int) -> str:
    """`1256` -> `1.256`, `2000` -> `2`."""
    sign = "-" if milli < 0 else ""
    whole, rest = divmod(abs(milli), 1000)
    return f"{sign}{whole}.{rest:03d}".rstrip("0").rstrip(".") if rest else f"{sign}{whole}"


def quantity(text: str) -> Quantity:
    """A quantity from typed or scripted text; raises BadQuantity or QuantityTooLarge."""
    found = _DECIMAL.fullmatch(text.strip())
    if found is None:
        if text.strip().isdigit():
            raise QuantityTooLarge(text.strip()[:40])
        raise BadQuantity(text[:40])
    milli = int(found.group(2)) * 1000 + int((found.group(3) or "").ljust(3, "0"))
    return Quantity(-milli if found.group(1) else milli)


def times(unit_price: Money, amount: Quantity) -> Money:
    """Price of `amount` at `unit_price`, rounded half up to the fen."""
    return Money((unit_price.fen * amount.milli + 500) // 1000)


def weight_behind(gross: Money, unit_price: Money) -> Quantity | None:
    """What a label of `gross` must have weighed at `unit_price`, or None if nobody can tell."""
    if unit_price.fen <= 0:
        return None
    milli = (gross.fen * 1000 + unit_price.fen // 2) // unit_price.fen
    return Quantity(milli) if milli > 0 else None
