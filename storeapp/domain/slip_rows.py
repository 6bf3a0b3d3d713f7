"""Slip rows: what the papers beside the receipt have in common, from their title to the cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storeapp.domain.member_doc import MemberDoc
from storeapp.domain.money import Money
from storeapp.domain.receipt_layout import CutRow, FeedRow, Row, RuleRow, TextRow, centred
from storeapp.domain.receipt_text import amount_text, columns, printable, wrap
from storeapp.domain.tender_names import Words, tender_name

_ROWS_MOST = 3
_AIR_DOTS = 8


@dataclass(frozen=True, slots=True)
class DocSlipFacts:
    """What the slip says beside its document: the shop's name, the moment on the shop's clock, her masked phone.

    `filing` is the shop's number with the authority, `return_days` how long she may have her money back.
    """

    shop: str
    moment: str
    phone: str
    filing: str
    return_days: int


def titled(shop: str, title: str, width: int) -> Iterator[Row]:
    """The shop's name, if it has one, and what the paper is called."""
    for head in filter(None, (shop, title)):
        yield from centred(printable(head), width, bold=True)


def doc_head(title: str, doc: MemberDoc, facts: DocSlipFacts, *, width: int, words: Words, copy: int) -> Iterator[Row]:
    """What the paper is called, and which document it is of; `copy` counts reprints from 1."""
    _ = words.t
    yield from titled(facts.shop, title, width)
    if copy:
        yield from centred(printable(_("COPY (reprint {number})").format(number=copy)), width)
    yield RuleRow()
    said = [(_("No."), doc.number), (_("Time"), facts.moment), (_("Cashier"), doc.cashier), (_("Member"), facts.phone)]
    for label, value in said:
        yield from pair(label, value, width)
    yield RuleRow()


def paid_rows(label: str, doc: MemberDoc, width: int, words: Words) -> Iterator[Row]:
    """What changed hands, large, and by which way."""
    yield from large_sum(label, doc.money, width)
    way = tender_name(doc.tender, words)
    yield from pair(words.t("Way to pay"), f"{way} {doc.ref}" if doc.ref else way, width)


def large_sum(label: str, amount: Money, width: int) -> Iterator[Row]:
    """What it is all about, with air around it; twice as wide where there is room."""
    label, shown = printable(label), f"￥{amount_text(amount)}"
    factor = 2 if columns(label) + 1 + columns(shown) <= width // 2 else 1
    yield FeedRow(_AIR_DOTS)
    yield TextRow(label, shown, bold=True, width_factor=factor, height_factor=2)
    yield FeedRow(_AIR_DOTS)


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


def closing(texts: Iterable[str], width: int) -> Iterator[Row]:
    """The small print and the lines to sign on, below a rule, and the cut."""
    yield RuleRow()
    for text in texts:
        for row in wrap(printable(text), width, most_rows=_ROWS_MOST):
            yield TextRow(row)
    yield CutRow()
