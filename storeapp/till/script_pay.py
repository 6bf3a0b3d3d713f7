"""Paying by code from a script: the money is taken before the sale is written, and given back if it cannot be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from storeapp.domain.money import Money
from storeapp.domain.payment import NoPaymentCode, route
from storeapp.domain.tender import NotTaken, Tender
from storeapp.errors import Refused
from storeapp.till import coupon_holds, paying, paying_back
from storeapp.till.checkout import Done, Order, checkout, settled_by
from storeapp.till.paying import Asked, Providers
from storeapp.till.paying_back import GiveBack
from storeapp.till.ports import Books, Clock, Ids, Pace, Provider, Shop
from storeapp.till.quoting import quote
from storeapp.till.records import Attempt
from storeapp.till.tender_parts import check_parts

D = TypeVar("D")


@dataclass(eq=False)
class PaymentNotTaken(Refused):
    """The wallet was asked and the sale is not made: the attempt `trade_number` is `state`, for `reason`.

    `state` failed and reversed: nothing was taken. paid_late and suspense: a manager settles it (`storeapp pay`).
    """

    kind: str
    trade_number: str
    state: str
    reason: str
    word = "payment_not_taken"


@dataclass(frozen=True, slots=True)
class Till:
    """What taking money wants."""

    shop: Shop
    providers: Providers
    clock: Clock
    ids: Ids
    pace: Pace


def sale_id_for(books: Books, request_id: str | None, ids: Ids) -> str:
    """The id of the sale a request will be: the same for the same request, so that a repeat finds its own payment."""
    if request_id is None:
        return ids.new()
    text = hashlib.sha256(f"sale|{books.device.db_uuid}|{request_id}".encode()).hexdigest()
    return f"{text[:8]}-{text[8:12]}-8{text[13:16]}-a{text[17:20]}-{text[20:32]}"


def without_codes(request: Mapping[str, Any]) -> dict[str, Any]:
    """The request as it is remembered: a payment code is as good as money, and a second try has another one."""
    tenders = request.get("tenders")
    if not isinstance(tenders, list):
        return dict(request)
    kept = [{k: v for k, v in row.items() if k != "code"} if isinstance(row, Mapping) else row for row in tenders]
    return {**request, "tenders": kept}


def sell_by_code(till: Till, order: Order, codes: Sequence[str]) -> Done:
    """Sells `order`, whose tender number n is paid with `codes[n]` ("" for a tender that needs none).

    A payment of an earlier try of the same request is used, not taken again. Raises PaymentNotTaken, and what
    checkout refuses; whatever was taken meanwhile goes back.
    """
    with till.shop.reading() as books:
        known = order.request_id is not None and books.sales.by_request(order.request_id) is not None
        sale_id = sale_id_for(books, order.request_id, till.ids)
        order = replace(order, sale_id=sale_id)
        if not known:
            _check(books, order, till)

    def deed(order: Order) -> Done:
        return checkout(till.shop, order, clock=till.clock, ids=till.ids)

    if known:
        return deed(order)
    with till.shop.writing() as books:
        now = till.clock.now()
        coupon_holds.reserve(
            books,
            order.basket,
            holder=order.holder,
            now=now,
            lease=coupon_holds.PAYING,
            ids=till.ids,
            sale_id=sale_id,
        )
    try:
        return paid_by_code(till, order, codes, deed)
    finally:
        coupon_holds.let_go(till.shop, order.holder, clock=till.clock, ids=till.ids, unless_paying=True)


def paid_by_code(till: Till, order: Order, codes: Sequence[str], deed: Callable[[Order], D]) -> D:
    """Does `deed` once the codes have paid the order's tenders; what was taken goes back where the deed is refused."""

    def sell(paid: tuple[Tender, ...]) -> D:
        return deed(replace(order, tenders=paid))

    return with_codes(till, order.tenders, codes, order.sale_id or "", order.cashier, sell)


def with_codes(
    till: Till,
    tenders: Sequence[Tender],
    codes: Sequence[str],
    document_id: str,
    by: str,
    deed: Callable[[tuple[Tender, ...]], D],
) -> D:
    """The same for any document: `deed` gets the tenders as they were paid."""
    taken: list[Attempt] = []
    try:
        paid = []
        for tender, code in zip(tenders, codes, strict=True):
            if code:
                taken.append(_take(till, tender, code, document_id, by, taken))
                tender = paying.tender_of(taken[-1])
            paid.append(tender)
        return deed(tuple(paid))
    except Refused:
        for attempt in taken:
            _give_back(till, attempt)
        raise


def _check(books: Books, order: Order, till: Till) -> None:
    """Raises what would keep the basket from being sold, before anybody is asked for money."""
    at = order.at or till.clock.now()
    asked = quote(books, order.basket, at=at, ids=till.ids, holder=order.holder).priced.total
    settled_by(order, asked, books.policy.in_force())
    check_parts(books, order.tenders, order.basket.member_id, asked, at=at)


def _take(till: Till, tender: Tender, code: str, sale_id: str, by: str, taken: Sequence[Attempt]) -> Attempt:
    wallet = route(code)
    if wallet is None or tender.kind not in (wallet, "simulated"):
        raise NoPaymentCode
    provider = till.providers.get(wallet) or till.providers.get("simulated")
    if provider is None:
        raise NotTaken(tender.kind)
    earlier = _earlier(till, provider, sale_id, tender.amount, taken)
    if earlier is not None:
        return earlier
    asked = Asked(tender.amount, code, sale_id, by=by)
    attempt = paying.take(till.shop, provider, asked, clock=till.clock, ids=till.ids, pace=till.pace)
    if attempt.state != "paid":
        raise PaymentNotTaken(tender.kind, attempt.trade_number, attempt.state, attempt.reason)
    return attempt


def _earlier(till: Till, provider: Provider, sale_id: str, amount: Money, taken: Sequence[Attempt]) -> Attempt | None:
    """A payment the same request has made before, as after a crash; what is open is followed to its end first."""
    paying.resume(till.shop, {provider.kind: provider}, clock=till.clock, pace=till.pace)
    mine = {attempt.trade_number for attempt in taken}
    with till.shop.reading() as books:
        for attempt in books.attempts.unused():
            is_right = attempt.sale_id == sale_id and attempt.tender == provider.kind and attempt.fen == amount.fen
            if is_right and attempt.trade_number not in mine and not books.attempts.refunds_of(attempt.trade_number):
                return attempt
    return None


def _give_back(till: Till, attempt: Attempt) -> None:
    provider = paying.provider_of(attempt, till.providers)
    if provider is None:
        return
    back = GiveBack(attempt.trade_number, Money(attempt.fen), attempt.sale_id, by=attempt.by)
    paying_back.refund(till.shop, provider, back, clock=till.clock, ids=till.ids, pace=till.pace)
