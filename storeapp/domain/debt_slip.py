"""Debt slip: what a member paid of her debt, on paper, with what she owed before and owes now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storeapp.domain.money import Money
from storeapp.domain.receipt import amount_text
from storeapp.domain.receipt_layout import CutRow, FeedRow, Row, RuleRow, TextRow, centred
from storeapp.domain.receipt_text import columns, printable
from storeapp.domain.tender import TenderKind
from storeapp.domain.tender_names import Words, tender_name

_AIR_DOTS = 8


@dataclass(frozen=True, slots=True)
class DebtSlip:
    """`paid` came in by `tender`, `left` is still owed. `moment` is on the shop's clock, `phone` masked."""

    shop: str
    till: str
    moment: str
    phone: str
    paid: Money
    left: Money
    tender: TenderKind


def debt_slip(said: DebtSlip, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows on paper of `width` columns."""
    return tuple(_rows(said, width, words))


def _rows(said: DebtSlip, width: int, words: Words) -> Iterator[Row]:
    _ = words.t
    for title in filter(None, (said.shop, _("Debt paid"))):
        yield from centred(printable(title), width, bold=True)
    yield RuleRow()
    for label, value in ((_("Time"), said.moment), (_("Till"), said.till), (_("Member"), said.phone)):
        yield TextRow(printable(label), printable(value))
    yield RuleRow()
    yield FeedRow(_AIR_DOTS)
    label, amount = _("Paid"), f"￥{amount_text(said.paid)}"
    factor = 2 if columns(label) + 1 + columns(amount) <= width // 2 else 1
    yield TextRow(label, amount, bold=True, width_factor=factor, height_factor=2)
    yield FeedRow(_AIR_DOTS)
    yield TextRow(printable(_("Way to pay")), printable(tender_name(said.tender, words)))
    yield TextRow(printable(_("Owed before")), amount_text(said.paid + said.left))
    yield TextRow(printable(_("Owes now")), amount_text(said.left), bold=True)
    yield RuleRow()
    yield CutRow()
