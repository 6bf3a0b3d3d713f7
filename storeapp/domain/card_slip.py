"""Card slip: a card sold, paid back or handed on, on paper, with what is on it and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storeapp.domain.card_doc import CardDoc
from storeapp.domain.receipt import amount_text
from storeapp.domain.receipt_layout import CutRow, FeedRow, Row, RuleRow, TextRow, centred
from storeapp.domain.receipt_text import columns, printable, wrap
from storeapp.domain.tender_names import Words, tender_name
from storeapp.domain.value_slip import pair

_ROWS_MOST = 3
_AIR_DOTS = 8
_GOODS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class CardSlipFacts:
    """What the slip says beside its document: the shop, the moment on its clock, her masked phone, the goods' names.

    `filing` is the shop's number with the authority; the card is returned within `return_days`, and taken for
    `grace_days` after its last one.
    """

    shop: str
    moment: str
    phone: str
    goods: tuple[str, ...]
    filing: str
    return_days: int
    grace_days: int


def card_slip(doc: CardDoc, facts: CardSlipFacts, *, width: int, words: Words, copy: int = 0) -> tuple[Row, ...]:
    """The rows on paper of `width` columns; `copy` counts reprints from 1."""
    return tuple(_rows(doc, facts, width, words, copy))


def _rows(doc: CardDoc, facts: CardSlipFacts, width: int, words: Words, copy: int) -> Iterator[Row]:
    _ = words.t
    titles = {"card_sold": _("Card sold"), "card_refund": _("Card paid back"), "card_given": _("Card handed on")}
    if facts.shop:
        yield from centred(printable(facts.shop), width, bold=True)
    yield from centred(printable(titles[doc.deed]), width, bold=True)
    if copy:
        yield from centred(printable(_("COPY (reprint {number})").format(number=copy)), width)
    yield RuleRow()
    said = [(_("No."), doc.number), (_("Time"), facts.moment), (_("Cashier"), doc.cashier), (_("Member"), facts.phone)]
    for label, value in said:
        yield from pair(label, value, width)
    yield RuleRow()
    yield from pair(_("Kind of card"), doc.kind.name, width, bold=True)
    if doc.money_fen:
        yield FeedRow(_AIR_DOTS)
        label, amount = (_("Paid") if doc.is_sold else _("Paid back")), f"￥{amount_text(doc.money)}"
        factor = 2 if columns(label) + 1 + columns(amount) <= width // 2 else 1
        yield TextRow(label, amount, bold=True, width_factor=factor, height_factor=2)
        yield FeedRow(_AIR_DOTS)
        way = tender_name(doc.tender, words)
        yield from pair(_("Way to pay"), f"{way} {doc.ref}" if doc.ref else way, width)
    yield from _what(doc, facts, width, words)
    yield RuleRow()
    for text in _small(doc, facts, words):
        for row in wrap(printable(text), width, most_rows=_ROWS_MOST):
            yield TextRow(row)
    yield CutRow()


def _what(doc: CardDoc, facts: CardSlipFacts, width: int, words: Words) -> Iterator[Row]:
    """What is on the card, or went off it."""
    _, kind = words.t, doc.kind
    if doc.deed == "card_refund" and kind.is_times:
        yield from pair(_("Times given up"), f"-{doc.times}", width)
        return
    if kind.is_times:
        if doc.is_sold:
            times = f"{kind.times} + {kind.gift}" if kind.gift else str(kind.times)
            yield from pair(_("Times on it"), times, width)
        for name in facts.goods[:_GOODS_SHOWN]:
            yield from pair(_("Takes"), name, width)
    else:
        yield from pair(_("Member tier"), kind.tier, width)
        yield from pair(_("Begins on"), doc.since, width)
    if doc.until:
        yield from pair(_("Good until"), doc.until, width)


def _small(doc: CardDoc, facts: CardSlipFacts, words: Words) -> Iterator[str]:
    _ = words.t
    if doc.is_sold:
        if doc.until and doc.kind.is_times:
            yield _(
                "Taken for {days} days more; what you paid for and did not have stays yours and is paid back."
            ).format(days=facts.grace_days)
        back = _("Within {days} days you may return it without giving a reason.")
        if doc.kind.is_times:
            back = _("Within {days} days you may return it without giving a reason; what you had of it counts.")
        yield back.format(days=facts.return_days)
    if facts.filing:
        yield _("Filed as {number}").format(number=facts.filing)
    if not doc.is_sold:
        yield _("Customer's signature: ")
