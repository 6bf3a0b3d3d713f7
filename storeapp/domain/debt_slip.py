"""Debt slip: what a member paid of her debt, on paper, with what she owed before and owes now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storeapp.domain.money import Money
from storeapp.domain.receipt_layout import Row, RuleRow, TextRow
from storeapp.domain.receipt_text import amount_text, printable
from storeapp.domain.slip_rows import closing, large_sum, titled
from storeapp.domain.tender import TenderKind
from storeapp.domain.tender_names import Words, tender_name


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
    yield from titled(said.shop, _("Debt paid"), width)
    yield RuleRow()
    for label, value in ((_("Time"), said.moment), (_("Till"), said.till), (_("Member"), said.phone)):
        yield TextRow(printable(label), printable(value))
    yield RuleRow()
    yield from large_sum(_("Paid"), said.paid, width)
    yield TextRow(printable(_("Way to pay")), printable(tender_name(said.tender, words)))
    yield TextRow(printable(_("Owed before")), amount_text(said.paid + said.left))
    yield TextRow(printable(_("Owes now")), amount_text(said.left), bold=True)
    yield from closing((), width)
