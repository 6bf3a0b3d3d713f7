"""Money a wallet's company took goes back through it: noted with the refund, sent after, asked about until it is clear.

The refund stands whatever the company says. What was refused is on the list of unclear payments and may be sent again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storeapp.domain.money import Money
from storeapp.domain.refund import Refund
from storeapp.domain.tender import BY_PROVIDER, Tender, TenderKind
from storeapp.domain.voucher import VoucherUndivided
from storeapp.errors import Refused
from storeapp.till import paying_back
from storeapp.till.paying import Providers, provider_of
from storeapp.till.paying_back import GiveBack
from storeapp.till.ports import Books, Clock, Ids, Pace, Shop
from storeapp.till.records import Attempt
from storeapp.till.refund_tenders import Giving


@dataclass(eq=False)
class RefundByWallet(Refused):
    """`kind` was taken by a wallet's company this till cannot ask: it goes back there or by an approved other way."""

    kind: str
    word = "refund_by_wallet"


@dataclass(frozen=True, slots=True)
class Wallets:
    """The companies this till can ask, and how time passes while they are waited for."""

    providers: Providers
    pace: Pace


def names_of(wallets: Wallets | None) -> Mapping[TenderKind, str]:
    """The companies by what they take; asked for outside any transaction, since some of them have to be looked up."""
    return {} if wallets is None else {kind: provider.name for kind, provider in wallets.providers.items()}


def check_wallets(books: Books, giving: Giving, names: Mapping[TenderKind, str]) -> None:
    """Raises RefundByWallet where money would have to go back through a company nobody here can ask.

    Raises VoucherUndivided where a voucher would have to come back in parts.
    """
    if giving.undivided:
        raise VoucherUndivided(giving.undivided.fen)
    for tender in _by_company(books, giving.tenders):
        payment = books.attempts.by_trade(tender.ref)
        if payment is None or names.get(payment.tender) != payment.provider:
            raise RefundByWallet(tender.kind)


def note(books: Books, made: Refund, *, clock: Clock, ids: Ids) -> None:
    """Notes what the companies are to give back, in the refund's own transaction, before anything is sent."""
    for tender in _by_company(books, made.tenders):
        back = GiveBack(tender.ref, tender.amount, made.refund_id, by=made.cashier)
        paying_back.noted(books, back, clock=clock, ids=ids)


def send(shop: Shop, refund_id: str, wallets: Wallets | None, *, clock: Clock) -> tuple[Attempt, ...]:
    """Sends what was noted for this refund and is not known to have arrived; answers how each stands."""
    with shop.reading() as books:
        noted = [one for one in books.attempts.of_document(refund_id) if one.kind == "refund"]
        wholes = {one.trade_number: paying_back.whole_of(books, one) for one in noted}
    return tuple(_sent(shop, one, wholes, wallets, clock) for one in noted)


def _sent(shop: Shop, one: Attempt, wholes: Mapping[str, Money], wallets: Wallets | None, clock: Clock) -> Attempt:
    provider = None if wallets is None else provider_of(one, wallets.providers)
    if provider is None or wallets is None:
        return one
    return paying_back.push(shop, provider, one, whole=wholes[one.trade_number], clock=clock, pace=wallets.pace)


def _by_company(books: Books, tenders: tuple[Tender, ...]) -> Iterator[Tender]:
    for tender in tenders:
        # a demo shop's script pretends without asking anybody
        is_pretended = tender.kind == "simulated" and books.attempts.by_trade(tender.ref) is None
        if tender.kind in BY_PROVIDER and not is_pretended:
            yield tender
