"""Card slip: a card sold, paid back or handed on, on paper, with what is on it and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storeapp.domain.card_doc import CardDoc
from storeapp.domain.receipt_layout import Row
from storeapp.domain.slip_rows import DocSlipFacts, closing, doc_head, paid_rows, pair
from storeapp.domain.tender_names import Words

_GOODS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class CardSlipFacts(DocSlipFacts):
    """And of a card: the names of its goods, and for how many days it is taken after its last one."""

    goods: tuple[str, ...]
    grace_days: int


def card_slip(doc: CardDoc, facts: CardSlipFacts, *, width: int, words: Words, copy: int = 0) -> tuple[Row, ...]:
    """The rows on paper of `width` columns; `copy` counts reprints from 1."""
    return tuple(_rows(doc, facts, width, words, copy))


def _rows(doc: CardDoc, facts: CardSlipFacts, width: int, words: Words, copy: int) -> Iterator[Row]:
    _ = words.t
    titles = {"card_sold": _("Card sold"), "card_refund": _("Card paid back"), "card_given": _("Card handed on")}
    yield from doc_head(titles[doc.deed], doc, facts, width=width, words=words, copy=copy)
    yield from pair(_("Kind of card"), doc.kind.name, width, bold=True)
    if doc.money_fen:
        yield from paid_rows(_("Paid") if doc.is_sold else _("Paid back"), doc, width, words)
    yield from _what(doc, facts, width, words)
    yield from closing(_small(doc, facts, words), width)


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
