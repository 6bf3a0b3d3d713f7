"""Barcodes: check digits, and the labels a scale prints with a price or a weight inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity

Carries = Literal["price", "weight"]


def ean13_check_digit(first_twelve: str) -> int:
    """Check digit of an EAN-13 (ISO/IEC 15420): weights 1 and 3 from the left."""
    odd = sum(int(digit) for digit in first_twelve[0::2])
    even = sum(int(digit) for digit in first_twelve[1::2])
    return -(odd + 3 * even) % 10


def is_ean13(code: str) -> bool:
    """True for thirteen digits whose check digit holds."""
    return len(code) == 13 and code.isascii() and code.isdigit() and ean13_check_digit(code[:12]) == int(code[12])


@dataclass(frozen=True, slots=True)
class ScaleLayout:
    """How the shop's scale fills thirteen digits: prefix, item, value, check digit.

    `value_scale` is what one unit of the value stands for: fen for a price, milli-units (grams) for a weight.
    A scale that prints 0 instead of a check digit needs `checked` off.
    """

    prefix: str
    item_digits: int = 5
    value_digits: int = 5
    carries: Carries = "price"
    value_scale: int = 1
    checked: bool = True

    def __post_init__(self) -> None:
        if len(self.prefix) + self.item_digits + self.value_digits != 12 or not self.prefix.isdigit():
            raise ValueError(f"a scale label has 12 digits before its check digit: {self!r}")


@dataclass(frozen=True, slots=True)
class ScaleLabel:
    """What a scale label says: the item number and either what it costs or what it weighs."""

    item: str
    price: Money | None = None
    weight: Quantity | None = None


def read_scale_label(code: str, layouts: tuple[ScaleLayout, ...]) -> ScaleLabel | None:
    """The label behind `code`, by the first layout that fits, or None. A value of zero is no label."""
    if len(code) != 13 or not (code.isascii() and code.isdigit()):
        return None
    for layout in layouts:
        if not code.startswith(layout.prefix) or (layout.checked and not is_ean13(code)):
            continue
        start = len(layout.prefix)
        item = code[start : start + layout.item_digits]
        value = int(code[start + layout.item_digits : 12]) * layout.value_scale
        if value == 0:
            continue
        if layout.carries == "price":
            return ScaleLabel(item, price=Money(value))
        return ScaleLabel(item, weight=Quantity(value))
    return None
