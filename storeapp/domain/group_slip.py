"""Pick-up slip: what somebody ordered on a group order sheet, and the code that fetches it, to read and to scan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storeapp.domain import pickup_code
from storeapp.domain.group_order import GroupOrder
from storeapp.domain.money import yuan
from storeapp.domain.quantity import as_decimal
from storeapp.domain.receipt_layout import CutRow, Row, RuleRow, TextRow, centred, large, qr_rows
from storeapp.domain.receipt_text import printable, wrap
from storeapp.domain.slip_rows import titled
from storeapp.domain.tender_names import Words

_ROWS_MOST = 2


@dataclass(frozen=True, slots=True)
class PickupSlip:
    """`who` is whom it is for, as paper that lies about may name her; `fetched` when and until when it is fetched."""

    shop: str
    sheet: str
    who: str
    fetched: str
    order: GroupOrder


def pickup_slip(said: PickupSlip, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows on paper of `width` columns."""
    return tuple(_rows(said, width, words))


def _rows(said: PickupSlip, width: int, words: Words) -> Iterator[Row]:
    _, order = words.t, said.order
    yield from titled(said.shop, _("Pick-up slip"), width)
    yield from centred(printable(f"{said.sheet} #{order.n}"), width)
    yield RuleRow()
    if said.who:
        yield TextRow(printable(_("For")), printable(said.who))
    for line in order.lines:
        for row in wrap(printable(line.name), width, most_rows=_ROWS_MOST):
            yield TextRow(row)
        yield TextRow(f"  {as_decimal(line.milli)} × {yuan(line.price)}", yuan(line.amount))
    yield RuleRow()
    yield TextRow(printable(_("To pay when fetched")), yuan(order.amount), bold=True)
    yield RuleRow()
    for row in wrap(printable(_("Fetch it: {when}").format(when=said.fetched)), width, most_rows=_ROWS_MOST):
        yield TextRow(row)
    yield from qr_rows(order.code, paper_columns=width)
    yield from large(pickup_code.shown(order.code), width)
    yield from centred(printable(_("Show this code at the till.")), width)
    yield CutRow()
