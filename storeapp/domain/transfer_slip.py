"""Transfer slip: stored value one member gave another, on paper for both to sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storeapp.domain.money import Money
from storeapp.domain.receipt_layout import Row, RuleRow, TextRow
from storeapp.domain.receipt_text import amount_text, printable
from storeapp.domain.slip_rows import closing, large_sum, titled
from storeapp.domain.tender_names import Words


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
    yield from titled(said.shop, _("Stored value transferred"), width)
    yield RuleRow()
    for label, value in ((_("Time"), said.moment), (_("From"), said.giver), (_("To"), said.taker)):
        yield TextRow(printable(label), printable(value))
    yield RuleRow()
    yield from large_sum(_("Transferred"), said.principal + said.gift, width)
    yield TextRow(printable("  " + _("of it paid in")), amount_text(said.principal))
    yield TextRow(printable("  " + _("of it given")), amount_text(said.gift))
    small = (
        _("Each part keeps the day it was paid in, and is paid back as it would have been before."),
        _("Signature of who gives: "),
        _("Signature of who receives: "),
    )
    yield from closing(small, width)
