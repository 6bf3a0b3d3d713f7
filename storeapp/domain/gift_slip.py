"""Gift slip: what a member took for points, on paper, with what she had before and has now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storeapp.domain.receipt_layout import Row, RuleRow, TextRow
from storeapp.domain.receipt_text import printable, wrap
from storeapp.domain.slip_rows import closing, titled
from storeapp.domain.tender_names import Words

_ROWS_MOST = 2


@dataclass(frozen=True, slots=True)
class GiftSlip:
    """`points` were given for the gift, `left` are hers then; `is_back` where it came back."""

    shop: str
    moment: str
    phone: str
    name: str
    points: int
    left: int
    is_back: bool = False


def gift_slip(said: GiftSlip, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows on paper of `width` columns."""
    return tuple(_rows(said, width, words))


def _rows(said: GiftSlip, width: int, words: Words) -> Iterator[Row]:
    _ = words.t
    title = _("Gift brought back") if said.is_back else _("Gift for points")
    yield from titled(said.shop, title, width)
    yield RuleRow()
    yield TextRow(printable(_("Time")), printable(said.moment))
    yield TextRow(printable(_("Member")), printable(said.phone))
    yield RuleRow()
    for row in wrap(printable(said.name), width, most_rows=_ROWS_MOST):
        yield TextRow(row, bold=True)
    moved = said.points if said.is_back else -said.points
    yield TextRow(printable(_("Points")), f"{moved:+d}", bold=True)
    yield TextRow(printable(_("Points before")), str(said.left - moved))
    yield TextRow(printable(_("Points now")), str(said.left))
    yield from closing((_("Customer's signature: "),), width)
