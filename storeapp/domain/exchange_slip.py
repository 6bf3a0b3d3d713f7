"""The ticket of an exchange: one paper for what came back and what was taken, with one net amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from storeapp.domain.money import ZERO, Money
from storeapp.domain.receipt import Amount, Item, Receipt, Words
from storeapp.domain.refund import Refund
from storeapp.domain.sale import Sale
from storeapp.domain.tender_names import tender_name


def ticket(refund: Refund, sale: Sale, back: Receipt, new: Receipt, *, words: Words) -> Receipt:
    """One paper out of the slip of the refund, `back`, and the receipt of the sale, `new`; numbered as the sale."""
    _ = words.t
    net = sale.due - refund.back
    return replace(
        new,
        copy_mark=back.copy_mark,
        details=((_("Refund no."), refund.receipt), *back.details),
        items=(*(_brought(item, words) for item in back.items), *new.items),
        sums=(*back.sums, *new.sums),
        due=Amount(_("You pay") if net >= ZERO else _("Back to you"), max(net, -net), strong=True),
        payments=tuple(_payments(refund, sale, new, net, words)),
        member=tuple(_member(back.member, new.member)),
    )


def _brought(item: Item, words: Words) -> Item:
    return replace(item, remarks=(*item.remarks, words.t("Brought back")))


def _payments(refund: Refund, sale: Sale, new: Receipt, net: Money, words: Words) -> Iterator[Amount]:
    """What was paid and what went back, without the value that only changed its goods."""
    exchange = tender_name("exchange", words)
    yield from (row for row in new.payments if row.label != exchange)
    sign = 1 if net < ZERO and not any(t.kind != "exchange" for t in sale.tenders) else -1
    for tender in refund.tenders:
        if tender.kind != "exchange":
            yield Amount(tender_name(tender.kind, words), Money(sign * tender.amount.fen))


def _member(back: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    """Her points once: what was taken back, what was earned, and the balance after both."""
    if not new or not back:
        yield from new or back
        return
    told = dict(new)
    yield new[0]
    yield from (row for row in back if row[0] not in told)
    yield from new[1:]
