"""Topping up by a payment code: the same asking as for a sale, and what was taken becomes a top-up or goes back.

The payment is noted for a document that names her and the top-up it will be. A till that dies between the wallet and
the books finds it again, and books it at its next start.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from storeapp.domain import top_up as rules
from storeapp.domain.approval import NeedsApproval
from storeapp.domain.money import Money
from storeapp.domain.payment import NoPaymentCode, route
from storeapp.domain.staff import checked_code
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import approvals, script_pay
from storeapp.till.names import current
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.records import Attempt
from storeapp.till.script_pay import Till
from storeapp.till.top_ups import TopUpOrder, ValueDone, asked, paid_for, repeated, standing, top_up

log = logging.getLogger(__name__)


def top_up_by_code(till: Till, order: TopUpOrder, code: str) -> ValueDone:
    """Tops up with what is behind `code`. A payment of an earlier try of the same request is used, not taken again.

    Raises PaymentNotTaken, and what top_up refuses; what was taken meanwhile goes back.
    """
    checked_code(order.cashier)
    wallet = route(code)
    if wallet is None:
        raise NoPaymentCode
    kind = wallet if wallet in till.providers else "simulated"
    with till.shop.reading() as books:
        known = repeated(books, order.request_id, order.request_hash)
        doc_id = order.doc_id or script_pay.sale_id_for(books, order.request_id, till.ids)
        order = replace(order, tender=kind, doc_id=doc_id)
        # a start after a crash may have booked it already, without the request's own number
        known = known or books.values.by_id(doc_id)
        if known is not None:
            return ValueDone(known, was_repeated=True)
        check(books, order)

    def deed(paid: tuple[Tender, ...]) -> ValueDone:
        return top_up(till.shop, replace(order, ref=paid[0].ref), clock=till.clock, ids=till.ids)

    tender = Tender(kind, order.amount)
    document = paid_for(order.member_id, doc_id)
    return script_pay.with_codes(till, (tender,), (code,), document, order.cashier, deed)


def check(books: Books, order: TopUpOrder) -> None:
    """Raises what would keep her from being topped up, before anybody is asked for money."""
    now = standing(books, order.member_id)
    check_not_own(books, current(books, order.member_id), order.cashier)
    rules.checked(order.amount, now.held, now.terms)
    if not (order.approver or order.approval_id or approvals.may(books, order.cashier, "top_up")):
        raise NeedsApproval("top_up", approvals.name_of(books, "top_up", asked(order)))


def order_of(attempt: Attempt) -> TopUpOrder:
    """The top-up a payment was taken for."""
    _, member_id, doc_id = attempt.sale_id.split(":")
    return TopUpOrder(
        member_id, Money(attempt.fen), attempt.tender, attempt.by, ref=attempt.trade_number, doc_id=doc_id
    )


def finish(shop: Shop, *, clock: Clock, ids: Ids) -> tuple[ValueDone, ...]:
    """Books every top-up that was paid and is in no book, as after a crash; what is refused stays on the list."""
    with shop.reading() as books:
        left = [
            one
            for one in books.attempts.unused()
            if one.is_for_top_up and not books.attempts.refunds_of(one.trade_number)
        ]
    done = []
    for attempt in left:
        try:
            done.append(top_up(shop, order_of(attempt), clock=clock, ids=ids))
        except Refused as error:
            log.warning("payment %s is no top-up yet: %s", attempt.trade_number, error.word)
    return tuple(done)
