"""Money: whole fen, never a float, and splitting that never loses one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from storeapp.domain.typed import plain
from storeapp.errors import Refused

_YUAN = re.compile(r"[-−]?(\d{1,9})(?:\.(\d{1,2}))?")

TYPED_DIGITS_MOST = 6


@dataclass(eq=False)
class NotAnAmount(Refused):
    """`text` is not an amount in yuan with at most two decimals."""

    text: str
    word = "not_an_amount"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in fen (1/100 yuan); may be negative."""

    fen: int

    def __post_init__(self) -> None:
        # a yes is an int to Python, and made a thousand times an hour this is felt
        if type(self.fen) is not int:
            raise TypeError(f"money is whole fen, not {self.fen!r}")

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __bool__(self) -> bool:
        return self.fen != 0


ZERO = Money(0)
_FEN = attrgetter("fen")


def total(amounts: Iterable[Money]) -> Money:
    """Sum of `amounts`; nothing sums to zero."""
    return Money(sum(map(_FEN, amounts)))


def split(amount: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """`amount` spread over `weights` in proportion; the parts sum to it exactly.

    Largest remainder, ties to the earlier part, so the same input always splits the same way.
    Weights are not negative and not all zero.
    """
    return tuple(map(Money, shares(amount.fen, weights)))


def shares(fen: int, weights: Sequence[int]) -> list[int]:
    """`split` in whole fen, for who spreads thousands of amounts while a customer waits."""
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError(f"weights must be claims on something: {weights!r}")
    size = abs(fen)
    parts = [size * weight // whole for weight in weights]
    missing = size - sum(parts)
    if missing:
        by_remainder = sorted(range(len(weights)), key=lambda i: (-(size * weights[i] % whole), i))
        for i in by_remainder[:missing]:
            parts[i] += 1
    return parts if fen >= 0 else [-part for part in parts]


def from_yuan(text: str) -> Money:
    """Money from a typed or imported amount such as `12`, `12.5`, `￥12.50`; raises NotAnAmount."""
    cleaned = text.strip().lstrip("¥￥").replace(",", "").strip()
    found = _YUAN.fullmatch(cleaned)
    if found is None:
        raise NotAnAmount(text[:40])
    yuan, cents = found.group(1), (found.group(2) or "").ljust(2, "0")
    fen = int(yuan) * 100 + int(cents)
    return Money(-fen if cleaned[0] in "-−" else fen)


def typed_amount(text: str) -> Money:
    """Money from what a person typed, pasted or scanned into an amount box; raises NotAnAmount.

    A counter's amounts have at most six digits before the point, and no barcode has so few.
    """
    said = plain(text)
    if sum(char.isdigit() for char in said.split(".", maxsplit=1)[0]) > TYPED_DIGITS_MOST:
        raise NotAnAmount(text[:40])
    return from_yuan(said)


def yuan(amount: Money, *, grouped: bool = False) -> str:
    """`135.28`; negative amounts carry U+2212, thousands are grouped on request. No currency sign."""
    whole, cents = divmod(abs(amount.fen), 100)
    digits = f"{whole:,}" if grouped else str(whole)
    return f"{'−' if amount.fen < 0 else ''}{digits}.{cents:02d}"
