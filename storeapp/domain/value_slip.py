"""Value slip: a top-up, or stored value paid back, on paper, with what she held before and holds now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from storeapp.domain.money import Money
from storeapp.domain.monthly_gift import due_on
from storeapp.domain.receipt_layout import Row, RuleRow
from storeapp.domain.receipt_text import amount_text
from storeapp.domain.slip_rows import DocSlipFacts, closing, doc_head, paid_rows, pair
from storeapp.domain.tender_names import Words
from storeapp.domain.value_doc import ValueDoc


def value_slip(doc: ValueDoc, facts: DocSlipFacts, *, width: int, words: Words, copy: int = 0) -> tuple[Row, ...]:
    """The rows on paper of `width` columns; `copy` counts reprints from 1."""
    return tuple(_rows(doc, facts, width, words, copy))


def _rows(doc: ValueDoc, facts: DocSlipFacts, width: int, words: Words, copy: int) -> Iterator[Row]:
    _ = words.t
    title = _("Top-up of stored value") if doc.is_top_up else _("Stored value paid back")
    yield from doc_head(title, doc, facts, width=width, words=words, copy=copy)
    yield from paid_rows(_("Paid in") if doc.is_top_up else _("Paid back"), doc, width, words)
    yield from _moved(doc, words, width)
    yield RuleRow()
    yield from pair(_("Held before"), amount_text(doc.before), width)
    yield from pair(_("Holds now"), amount_text(doc.after), width, bold=True)
    yield from pair("  " + _("of it paid in"), amount_text(Money(doc.principal_after)), width)
    yield from pair("  " + _("of it given"), amount_text(Money(doc.bonus_after)), width)
    yield from closing(_small(doc, facts, words), width)


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


def _small(doc: ValueDoc, facts: DocSlipFacts, words: Words) -> Sequence[str]:
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
