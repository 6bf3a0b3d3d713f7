"""Stored value that a wallet's company was paid goes back through it: each top-up by its very payment, or not at all.

Noted with the document and sent after, as a refund's money is; what the company refuses waits on the same list.
"""

from __future__ import annotations

from collections.abc import Mapping

from storeapp.domain.money import Money
from storeapp.domain.tender import BY_PROVIDER, TenderKind
from storeapp.domain.value_doc import ValueDoc
from storeapp.domain.value_refund import Plan
from storeapp.till import paying_back
from storeapp.till.names import names_of
from storeapp.till.paying_back import GiveBack
from storeapp.till.ports import Books, Clock, Ids
from storeapp.till.refund_wallets import RefundByWallet

Payments = tuple[tuple[str, Money], ...]
"""Trade numbers, and what goes back of each."""


def wallet_of(books: Books, member_id: str, made: Plan, companies: Mapping[TenderKind, str]) -> TenderKind | None:
    """The one wallet all of this plan can go back to; None where there is none."""
    for kind in made.tenders & BY_PROVIDER:
        try:
            payments(books, member_id, made, kind, companies)
        except RefundByWallet:
            return None
        return kind
    return None


def payments(
    books: Books, member_id: str, made: Plan, kind: TenderKind, companies: Mapping[TenderKind, str]
) -> Payments:
    """What goes back of which payment; raises RefundByWallet where one of the top-ups was not paid so, or by others.

    `companies` are those this till can ask, by what they take. What another member paid goes to no wallet of hers.
    """
    names, found = names_of(books, member_id), []
    for part in made.parts:
        if not part.back_fen:
            continue
        doc = books.values.by_number(part.deposit.number)
        payment = None if doc is None or doc.tender != kind else books.attempts.by_trade(doc.ref)
        if doc is None or payment is None or doc.member_id not in names or companies.get(kind) != payment.provider:
            raise RefundByWallet(kind)
        found.append((payment.trade_number, Money(part.back_fen)))
    return tuple(found)


def note(books: Books, doc: ValueDoc, back: Payments, *, clock: Clock, ids: Ids) -> None:
    """Notes what the companies are to give back, in the document's own transaction, before anything is sent."""
    for trade_number, amount in back:
        paying_back.noted(books, GiveBack(trade_number, amount, doc.doc_id, by=doc.cashier), clock=clock, ids=ids)
