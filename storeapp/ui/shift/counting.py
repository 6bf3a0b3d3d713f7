"""Counting money: notes and coins piece by piece, or their sum; what is typed becomes a count, or is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from storeapp.domain.drawer import MOST_FEN
from storeapp.domain.money import Money, NotAnAmount, typed_amount
from storeapp.domain.shift import DENOMINATIONS, BadCount, Count, counted_pieces
from storeapp.domain.typed import plain
from storeapp.errors import Refused

_DIGITS_MOST = 6


@dataclass(frozen=True, slots=True)
class Counting:
    """What stands in the fields: `pieces` by denomination in fen, or `typed`, the sum, where nobody counts pieces."""

    by_piece: bool = True
    typed: str = ""
    pieces: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Nothing has been counted yet; a zero that was typed is a count."""
        if self.by_piece:
            return not any(text.strip() for text in self.pieces.values())
        return not self.typed.strip()


def with_piece(counting: Counting, denomination: int, text: str) -> Counting:
    """So many pieces of one denomination, as they stand in its field."""
    return replace(counting, pieces={**counting.pieces, denomination: text})


def count_of(counting: Counting) -> Count:
    """The count in the fields; raises NotAnAmount for a barcode and BadCount for what nobody can count."""
    if not counting.by_piece:
        return Count(_sensible(typed_amount(counting.typed or "0").fen))
    pieces = {denomination: number_of(counting.pieces.get(denomination, "")) for denomination in DENOMINATIONS}
    count = counted_pieces(pieces)
    _sensible(count.fen)
    return count


def sum_so_far(counting: Counting) -> Money:
    """What can be read of the fields by now; what cannot counts nothing until it is confirmed."""
    try:
        return Money(count_of(counting).fen)
    except Refused:
        return Money(sum(_worth(denomination, text) for denomination, text in counting.pieces.items()))


def number_of(text: str) -> int:
    """How many pieces; an empty field is none. Raises NotAnAmount for what is no number, or too long for one."""
    cleaned = plain(text).strip()
    if not cleaned:
        return 0
    if not (cleaned.isascii() and cleaned.isdigit()) or len(cleaned) > _DIGITS_MOST:
        raise NotAnAmount(text[:40])
    return int(cleaned)


def _worth(denomination: int, text: str) -> int:
    try:
        return denomination * number_of(text)
    except Refused:
        return 0


def _sensible(fen: int) -> int:
    """No drawer of a shop holds a million yuan."""
    if not 0 <= fen <= MOST_FEN:
        raise BadCount("sum")
    return fen
