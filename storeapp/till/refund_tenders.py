"""By which ways money goes back: those it was paid by, in proportion, all in cash, or into goods taken in exchange.

What a member paid with her own goes back to her account, and becomes neither cash nor other goods; only a debt she has
paid by now does.
What an exchange paid for keeps its origin: brought back later, it goes to the ways the first goods were paid by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from storeapp.domain.ledger import LENT, Leg, Txn, tender_account
from storeapp.domain.member_tender import HERS
from storeapp.domain.money import ZERO, Money, shares, total
from storeapp.domain.refund import Refund
from storeapp.domain.sale import Sale
from storeapp.domain.tender import BY_PROVIDER, Tender, TenderKind
from storeapp.till.ports import Books


@dataclass(frozen=True, slots=True)
class Giving:
    """The entry with what goes back on its right accounts, and the same as tenders.

    `exchanged` says by which ways the value had been paid that goods taken in exchange are paid with now;
    `of_exchange` which of `tenders` and `exchanged` had come out of an earlier exchange. `undivided` is what vouchers
    had paid of which no more than a part would go back.
    """

    txn: Txn
    tenders: tuple[Tender, ...]
    exchanged: tuple[Tender, ...] = ()
    of_exchange: tuple[Tender, ...] = ()
    undivided: Money = ZERO


@dataclass(frozen=True, slots=True)
class _Way:
    kind: TenderKind
    ref: str
    account: str
    fen: int


def given_back(books: Books, txn: Txn, sale: Sale, *, in_cash: bool, take_fen: int, ticket: str) -> Giving:
    """What `txn` gives back of `sale`. Up to `take_fen` of it pays for the goods of the sale numbered `ticket`."""
    past = books.refunds.of_sale(sale.sale_id)
    legs: list[Leg] = []
    ways: list[_Way] = []
    of_exchange: list[_Way] = []
    for leg in txn.legs:
        kind = _kind_of(leg.account, sale)
        if kind is None or leg.amount >= 0:
            legs.append(leg)
        elif kind == "exchange":
            of_exchange += _of_exchange(books, sale, past, -leg.amount)
            ways += of_exchange
        elif kind == "on_account":
            ways += _on_account(txn, leg, books.device.till)
        else:
            ways += _by_payment(sale, past, kind, leg)
    if in_cash:
        cash = tender_account("cash", books.device.till)
        ways = [way if way.kind in HERS else _Way("cash", "", cash, way.fen) for way in ways]
    ways, exchanged = _into_goods(ways, take_fen)
    given = _tenders(ways)
    value = sum(tender.amount.fen for tender in exchanged)
    if value:
        ways.append(_Way("exchange", ticket, tender_account("exchange", books.device.till), value))
        given += (Tender("exchange", Money(value), ticket),)
    moved = replace(txn, legs=(*legs, *_legs(ways, books.device.till)))
    return Giving(moved, given, exchanged, _tenders(of_exchange), _undivided(sale, given))


def _kind_of(account: str, sale: Sale) -> TenderKind | None:
    if not account.startswith("tender."):
        return None
    name = account.removeprefix("tender.").rpartition(":")[0]
    return next((tender.kind for tender in sale.tenders if tender.kind == name), "cash" if name == "cash" else None)


def _of_exchange(books: Books, sale: Sale, past: Sequence[Refund], fen: int) -> list[_Way]:
    """The ways the exchanged value had been paid by; cash where nobody here knows them."""
    receipt = next(tender.ref for tender in sale.tenders if tender.kind == "exchange")
    source = books.refunds.by_receipt(receipt)
    origin = source.exchanged if source is not None else ()
    done = _sums(tender for refund in past for tender in refund.of_exchange)
    left = [tender.amount.fen - done.get((tender.kind, tender.ref), 0) for tender in origin]
    if sum(left) < fen:
        return [_Way("cash", "", tender_account("cash", books.device.till), fen)]
    return [
        _Way(tender.kind, tender.ref, tender_account(tender.kind, books.device.till), part)
        for tender, part in zip(origin, shares(fen, left), strict=True)
        if part
    ]


def _on_account(txn: Txn, leg: Leg, till: str) -> Iterator[_Way]:
    owed = sum(other.amount for other in txn.legs if other.account == LENT)
    yield _Way("on_account", "", leg.account, owed)
    yield _Way("cash", "", tender_account("cash", till), -leg.amount - owed)


def _by_payment(sale: Sale, past: Sequence[Refund], kind: TenderKind, leg: Leg) -> Iterator[_Way]:
    """A way to pay the sale knows once; a wallet as often as it was charged, each as far as it still holds money."""
    paid = [tender for tender in sale.tenders if tender.kind == kind]
    if kind == "coupon" and -leg.amount == sum(tender.amount.fen for tender in paid):
        yield from (_Way(kind, tender.ref, leg.account, tender.amount.fen) for tender in paid)
        return
    if kind not in BY_PROVIDER or len(paid) < 2:
        yield _Way(kind, paid[0].ref if paid else "", leg.account, -leg.amount)
        return
    done = _sums(tender for refund in past for tender in (*refund.tenders, *refund.exchanged))
    left = [max(tender.amount.fen - done.get((kind, tender.ref), 0), 0) for tender in paid]
    # what went back in cash before is not known by its payment
    weights = left if sum(left) >= -leg.amount else [tender.amount.fen for tender in paid]
    for tender, part in zip(paid, shares(-leg.amount, weights), strict=True):
        if part:
            yield _Way(kind, tender.ref, leg.account, part)


def _undivided(sale: Sale, given: Iterable[Tender]) -> Money:
    """What the vouchers had paid, if one of them would come back in part; one an exchange was paid with counts so."""
    paid = {tender.ref: tender.amount for tender in sale.tenders if tender.kind == "coupon"}
    back = [tender for tender in given if tender.kind == "coupon"]
    is_whole = all(paid.get(tender.ref) == tender.amount for tender in back)
    return ZERO if is_whole else total(paid.values()) or total(tender.amount for tender in back)


def _into_goods(ways: list[_Way], take_fen: int) -> tuple[list[_Way], tuple[Tender, ...]]:
    """The ways with up to `take_fen` taken off, each its part; and what was taken off."""
    free = [0 if way.kind in HERS else way.fen for way in ways]
    value = min(take_fen, sum(free))
    if not value:
        return ways, ()
    off = shares(value, free)
    taken = [replace(way, fen=part) for way, part in zip(ways, off, strict=True)]
    rest = [replace(way, fen=way.fen - part) for way, part in zip(ways, off, strict=True)]
    return [way for way in rest if way.fen], _tenders(taken)


def _legs(ways: Iterable[_Way], till: str) -> Iterator[Leg]:
    sums: dict[str, int] = {}
    for way in ways:
        # a till gives back from its own drawer, whichever till took the money
        account = tender_account("cash", till) if way.kind == "cash" else way.account
        sums[account] = sums.get(account, 0) - way.fen
    yield from (Leg(account, "fen", fen) for account, fen in sums.items() if fen)


def _tenders(ways: Iterable[_Way]) -> tuple[Tender, ...]:
    found: dict[tuple[TenderKind, str], int] = {}
    for way in ways:
        found[way.kind, way.ref] = found.get((way.kind, way.ref), 0) + way.fen
    return tuple(Tender(kind, Money(fen), ref) for (kind, ref), fen in found.items() if fen)


def _sums(tenders: Iterable[Tender]) -> dict[tuple[TenderKind, str], int]:
    found: dict[tuple[TenderKind, str], int] = {}
    for tender in tenders:
        found[tender.kind, tender.ref] = found.get((tender.kind, tender.ref), 0) + tender.amount.fen
    return found
