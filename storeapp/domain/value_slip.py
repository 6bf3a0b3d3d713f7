"""Value slip: a top-up, or stored value paid back, on paper, with what she held before and holds now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from storeapp.domain.money import Money
from storeapp.domain.monthly_gift import due_on
from storeapp.domain.receipt import amount_text
from storeapp.domain.receipt_layout import CutRow, FeedRow, Row, RuleRow, TextRow, centred
from storeapp.domain.receipt_text import columns, printable, wrap
from storeapp.domain.tender_names import Words, tender_name
from storeapp.domain.value_doc import ValueDoc

_ROWS_MOST = 3
_AIR_DOTS = 8


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What the slip says beside its document: the shop's name, the moment on the shop's clock, her masked phone.

    `filing` is the shop's number with the authority, `return_days` how long she may have her money back.
    """

    shop: str
    moment: str
    phone: str
    filing: str
    return_days: int


def value_slip(doc: ValueDoc, facts: SlipFacts, *, width: int, words: Words, copy: int = 0) -> tuple[Row, ...]:
    """The rows on paper of `width` columns; `copy` counts reprints from 1."""
    return tuple(_rows(doc, facts, width, words, copy))


def _rows(doc: ValueDoc, facts: SlipFacts, width: int, words: Words, copy: int) -> Iterator[Row]:
    _ = words.t
    if facts.shop:
        yield from centred(printable(facts.shop), width, bold=True)
    title = _("Top-up of stored value") if doc.is_top_up else _("Stored value paid back")
    yield from centred(printable(title), width, bold=True)
    if copy:
        yield from centred(printable(_("COPY (reprint {number})").format(number=copy)), width)
    yield RuleRow()
    said = [(_("No."), doc.number), (_("Time"), facts.moment), (_("Cashier"), doc.cashier), (_("Member"), facts.phone)]
    for label, value in said:
        yield from pair(label, value, width)
    yield RuleRow()
    yield FeedRow(_AIR_DOTS)
    label, amount = (_("Paid in") if doc.is_top_up else _("Paid back")), f"￥{amount_text(doc.money)}"
    factor = 2 if columns(label) + 1 + columns(amount) <= width // 2 else 1
    yield TextRow(label, amount, bold=True, width_factor=factor, height_factor=2)
    yield FeedRow(_AIR_DOTS)
    way = tender_name(doc.tender, words)
    yield from pair(_("Way to pay"), f"{way} {doc.ref}" if doc.ref else way, width)
    yield from _moved(doc, words, width)
    yield RuleRow()
    yield from pair(_("Held before"), amount_text(doc.before), width)
    yield from pair(_("Holds now"), amount_text(doc.after), width, bold=True)
    yield from pair("  " + _("of it paid in"), amount_text(Money(doc.principal_after)), width)
    yield from pair("  " + _("of it given"), amount_text(Money(doc.bonus_after)), width)
    yield RuleRow()
    for text in _small(doc, facts, words):
        for row in wrap(printable(text), width, most_rows=_ROWS_MOST):
            yield TextRow(row)
    yield CutRow()


def _moved(doc: ValueDoc, words: Words, width: int) -> Iterator[Row]:
    _ = words.t
    if doc.is_top_up:
        if doc.bonus_fen:
            yield from pair(_("Given on top"), f"+{amount_text(Money(doc.bonus_fen))}", width)
        if doc.bonus_until:
            yield from pair(_("The gift is good until"), doc.bonus_until, width)
        if doc.months:
            each = _("{amount} × {months} months").format(amount=amount_text(Money(doc.monthly_fen)), months=doc.months)
            yield from pair(_("Given each month"), each, width)
            yield from pair(_("The first on"), due_on(date.fromisoformat(doc.business_date), 1).isoformat(), width)
        return
    yield from pair(_("Principal given up"), amount_text(Money(-doc.principal_fen)), width)
    if doc.bonus_fen:
        yield from pair(_("Gift given up"), amount_text(Money(-doc.bonus_fen)), width)


def _small(doc: ValueDoc, facts: SlipFacts, words: Words) -> Sequence[str]:
    _ = words.t
    lines = []
    if doc.is_top_up:
        lines.append(_("What you paid in never lapses."))
        back = _("Within {days} days you may have back what is left of it, without giving a reason.")
        lines.append(back.format(days=facts.return_days))
    if facts.filing:
        lines.append(_("Filed as {number}").format(number=facts.filing))
    if not doc.is_top_up:
        lines.append(_("Customer's signature: "))
    return lines


def pair(label: str, value: str, width: int, *, bold: bool = False) -> Iterator[Row]:
    """A label and its value at the paper's edge; on two rows where one is too narrow."""
    left, right = printable(label), printable(value)
    if label.startswith("  "):
        left = f"  {left.strip()}"
    if columns(left) + 1 + columns(right) <= width:
        yield TextRow(left, right, bold=bold)
        return
    for row in wrap(f"{left} {right}", width, most_rows=_ROWS_MOST):
        yield TextRow(row, bold=bold)
