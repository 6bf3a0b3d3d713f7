"""Exchanges: goods come back and others are taken, on one ticket with one net difference, in one transaction.

In the books an exchange is a refund and a sale. What the goods brought back are worth pays for the new ones by the
tender `exchange`; what is missing the customer pays, what is over goes back as it had been paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from storeapp.domain.basket import Basket, CashRounding, EmptyBasket
from storeapp.domain.money import Money
from storeapp.domain.refund import Refund
from storeapp.domain.sale import RequestReused, Sale
from storeapp.domain.staff import checked_code
from storeapp.domain.tender import Tender, TenderKind, cash_due, settle
from storeapp.domain.value_doc import ValueDoc
from storeapp.errors import Broken
from storeapp.till import approvals, printing
from storeapp.till.checkout import Order, check_tenders, receipt_url, sold
from storeapp.till.moments import day_of, local_moment
from storeapp.till.names import member_now
from storeapp.till.numbering import number_after_next
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.quote import Quote
from storeapp.till.quoting import quote
from storeapp.till.records import Attempt
from storeapp.till.refund_plan import Plan, RefundOrder, planned
from storeapp.till.refund_wallets import Wallets, check_wallets, names_of, note, send
from storeapp.till.refunds import answered, document, paid_out, record, undo_uses
from storeapp.till.shift_slip import owe_z


@dataclass(eq=False)
class TicketTorn(Broken):
    """The sale of an exchange came out with another number, `found`, than its refund had been told: `wanted`."""

    wanted: str
    found: str
    word = "ticket_torn"


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Both halves of the ticket; `was_repeated` if they had been there before. `url` is behind the sale's QR code.

    `sent` is how the money stands that wallets' companies give back, `paid_out` what the drawer gives for an account
    that is closed.
    """

    refund: Refund
    sale: Sale
    was_repeated: bool = False
    url: str | None = None
    jobs: tuple[str, ...] = field(default=())
    sent: tuple[Attempt, ...] = ()
    paid_out: ValueDoc | None = None

    @property
    def net(self) -> Money:
        """What the customer pays; below zero what goes back."""
        return self.sale.due - self.refund.back


@dataclass(frozen=True, slots=True)
class ExchangePlan:
    """What an exchange would do. `value` is what the goods brought back pay of the new ones, `to_pay` what is missing.

    What goes back by each way to pay is in `plan.tenders`, beside `exchange`.
    """

    plan: Plan
    quoted: Quote
    value: Money
    to_pay: Money
    rounding: CashRounding
    rounds_all: bool


def preview_exchange(
    shop: Shop, back: RefundOrder, take: Order, *, clock: Clock, ids: Ids, wallets: Wallets | None = None
) -> ExchangePlan:
    """What `exchange` would do, and what is to be paid; nothing is written and nobody's approval asked."""
    with shop.reading() as books:
        at = local_moment(books, back.at or clock.now())
        plan = planned(books, back, at=at, refund_id="")
        counts_again = plan.undoes and bool(plan.sale.coupons or plan.sale.promotions)
        if not counts_again:
            found = _planned(books, back, take, at=at, refund_id="", ticket="", ids=ids)
    if counts_again:
        found = _as_undone(shop, back, take, at=at, ids=ids)
    names = names_of(wallets)
    with shop.reading() as books:
        check_wallets(books, found.plan.giving, names)
    return found


class _Seen(Exception):
    def __init__(self, found: ExchangePlan) -> None:
        self.found = found


def _as_undone(shop: Shop, back: RefundOrder, take: Order, *, at: datetime, ids: Ids) -> ExchangePlan:
    """The same where coupons and promotions of the first sale may count again: looked at, and left undone."""
    try:
        with shop.writing() as books:
            undo_uses(books, planned(books, back, at=at, refund_id="seen"))
            raise _Seen(_planned(books, back, take, at=at, refund_id="seen", ticket="", ids=ids))
    except _Seen as seen:
        return seen.found


def check_paid(found: ExchangePlan, take: Order) -> None:
    """Raises what would keep the tenders of `take` from paying what is missing; before anybody is asked for money."""
    paid = (Tender("exchange", found.value), *take.tenders)
    settle(found.quoted.priced.total, paid, cash_rounding=found.rounding, rounds_all=found.rounds_all)


def exchange(
    shop: Shop, back: RefundOrder, take: Order, *, clock: Clock, ids: Ids, wallets: Wallets | None = None
) -> Exchanged:
    """Takes the goods of `back` and sells those of `take`, whose tenders pay what is missing.

    The request, the moment and the paper are those of `back`. Raises a Refused and then nothing changed; commits
    before it returns.
    """
    checked_code(back.cashier)
    names = names_of(wallets)
    with approvals.noting_misuse(shop, by=back.cashier, clock=clock), shop.writing() as books:
        known = answered(books, back)
        done = _made(books, back, take, names, clock, ids) if known is None else _repeated(books, known)
    return replace(done, sent=send(shop, done.refund.refund_id, wallets, clock=clock))


def _made(
    books: Books, back: RefundOrder, take: Order, names: Mapping[TenderKind, str], clock: Clock, ids: Ids
) -> Exchanged:
    check_tenders(books, take.tenders)
    at = local_moment(books, back.at or clock.now())
    refund_id, ticket = ids.new(), _ticket(books, at)
    # coupons and promotions of the first sale may count for the second one
    undo_uses(books, planned(books, back, at=at, refund_id=refund_id))
    found = _planned(books, back, take, at=at, refund_id=refund_id, ticket=ticket, ids=ids)
    check_wallets(books, found.plan.giving, names)
    made = document(books, found.plan, back, at=at, clock=clock, ids=ids)
    made = replace(made, exchange_receipt=ticket)
    late = record(books, made, found.plan.txn, back.request_hash)
    note(books, made, clock=clock, ids=ids)
    done = sold(books, _order(books, back, take, found, made), clock=clock, ids=ids)
    if done.sale.receipt != ticket:
        raise TicketTorn(ticket, done.sale.receipt)
    if late is not None and back.prints:
        # the sale came late too: the newest one says both
        owe_z(books, books.shifts.z_of(late.shift_id)[-1], at=made.at, ids=ids)
    jobs = printing.owe(books, made, ids=ids, also=done.sale.tenders) if back.prints else ()
    out = paid_out(books, made, prints=back.prints, ids=ids)
    jobs += () if out is None else out.jobs
    return Exchanged(made, done.sale, url=done.url, jobs=jobs, paid_out=None if out is None else out.doc)


def _ticket(books: Books, at: datetime) -> str:
    """The number of the sale: the one after the refund's."""
    return number_after_next(books, day_of(at, books.policy.in_force()))


def _planned(
    books: Books, back: RefundOrder, take: Order, *, at: datetime, refund_id: str, ticket: str, ids: Ids
) -> ExchangePlan:
    plan = planned(books, back, at=at, refund_id=refund_id)
    basket = _for_whom(books, take.basket, plan.sale)
    quoted = quote(books, basket, at=take.told_at or at, ids=ids, holder=take.holder)
    if not quoted.priced.lines:
        raise EmptyBasket
    policy = books.policy.in_force()
    due, rounding = quoted.priced.total, take.cash_rounding or policy.get("cash.rounding")
    if policy.rounds_all():
        due = cash_due(due, rounding)
    plan = planned(books, back, at=at, refund_id=refund_id, take_fen=due.fen, ticket=ticket)
    value = Money(sum(tender.amount.fen for tender in plan.giving.exchanged))
    return ExchangePlan(plan, quoted, value, due - value, rounding, policy.rounds_all())


def _for_whom(books: Books, basket: Basket, sale: Sale) -> Basket:
    """The basket of who had bought before; whoever had herself forgotten since takes new goods as anybody does."""
    hers = member_now(books, sale.member_id)
    return basket if basket.member_id or hers is None else replace(basket, member_id=hers.member_id)


def _order(books: Books, back: RefundOrder, take: Order, found: ExchangePlan, made: Refund) -> Order:
    paid = (Tender("exchange", found.value, made.receipt),) if found.value else ()
    return replace(
        take,
        basket=_for_whom(books, take.basket, found.plan.sale),
        tenders=(*paid, *take.tenders),
        cashier=back.cashier,
        at=datetime.fromisoformat(made.at),
        request_id=None,
        prints=False,
        approver=back.approver,
        approval_reason=take.approval_reason or back.reason,
    )


def _repeated(books: Books, known: Refund) -> Exchanged:
    sale = books.sales.by_receipt(known.exchange_receipt)
    if sale is None:
        # the same id, and a hash nobody told apart: that time nothing was taken
        raise RequestReused(known.request_id or "", known.receipt)
    return Exchanged(known, sale, was_repeated=True, url=receipt_url(books, sale))
