"""Transfer slip: stored value one member gave another, on paper for both to sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storeapp.domain.money import Money
from storeapp.domain.receipt import amount_text
from storeapp.domain.receipt_layout import CutRow, FeedRow, Row, RuleRow, TextRow, centred
from storeapp.domain.receipt_text import columns, printable, wrap
from storeapp.domain.tender_names import Words

_AIR_DOTS = 8
_ROWS_MOST = 3


@dataclass(frozen=True, slots=True)
class TransferSlip:
    """`moment` is on the shop's clock; `giver` and `taker` are masked phones."""

    shop: str
    moment: str
    giver: str
    taker: str
    principal: Money
    gift: Money


def transfer_slip(said: TransferSlip, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows on paper of `width` columns."""
    return tuple(_rows(said, width, words))


def _rows(said: TransferSlip, width: int, words: Words) -> Iterator[Row]:
    _ = words.t
    for title in filter(None, (said.shop, _("Stored value transferred"))):
        yield from centred(printable(title), width, bold=True)
    yield RuleRow()
    for label, value in ((_("Time"), said.moment), (_("From"), said.giver), (_("To"), said.taker)):
        yield TextRow(printable(label), printable(value))
    yield RuleRow()
    yield FeedRow(_AIR_DOTS)
    label, amount = printable(_("Transferred")), f"￥{amount_text(said.principal + said.gift)}"
    factor = 2 if columns(label) + 1 + columns(amount) <= width // 2 else 1
    yield TextRow(label, amount, bold=True, width_factor=factor, height_factor=2)
    yield FeedRow(_AIR_DOTS)
    yield TextRow(printable("  " + _("of it paid in")), amount_text(said.principal))
    yield TextRow(printable("  " + _("of it given")), amount_text(said.gift))
    yield RuleRow()
    for text in (
        _("Each part keeps the day it was paid in, and is paid back as it would have been before."),
        _("Signature of who gives: "),
        _("Signature of who receives: "),
    ):
        for row in wrap(printable(text), width, most_rows=_ROWS_MOST):
            yield TextRow(row)
    yield CutRow()
