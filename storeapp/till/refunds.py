"""Refunds: goods of a receipt come back, and with them money, points, stored value and coupons, in one transaction.

`preview` tells what a refund would give back, `refund` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from storeapp.domain.ledger import Txn, legs_data, moves_data, times_moves
from storeapp.domain.money import ZERO, Money
from storeapp.domain.one_line import is_one_line
from storeapp.domain.priced import PromotionUse
from storeapp.domain.reason import BACK_REASONS
from storeapp.domain.refund import Refund, body, by_kind
from storeapp.domain.sale import RequestReused
from storeapp.domain.staff import Right, checked_code
from storeapp.domain.tender import TenderKind
from storeapp.domain.value_doc import ValueDoc
from storeapp.errors import Refused
from storeapp.till import approvals, drawer, merging, printing, referrals, shift_reports, stamps
from storeapp.till.moments import day_of, local_moment
from storeapp.till.numbering import headed
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.ports_shifts import ZRow
from storeapp.till.records import Attempt
from storeapp.till.refund_plan import Plan as Plan
from storeapp.till.refund_plan import RefundOrder as RefundOrder
from storeapp.till.refund_plan import VoidTooLate as VoidTooLate
from storeapp.till.refund_plan import planned
from storeapp.till.refund_wallets import RefundByWallet as RefundByWallet
from storeapp.till.refund_wallets import Wallets as Wallets
from storeapp.till.refund_wallets import check_wallets, names_of, note, send
from storeapp.till.shift_slip import owe_z
from storeapp.till.top_ups import ValueDone

REASON_MAX = 100


@dataclass(eq=False)
class RefundReasonMissing(Refused):
    """A refund says why, in one line of at most 100 characters."""

    word = "refund_reason_missing"


@dataclass(eq=False)
class RefundReasonUnlisted(Refused):
    """The owner wants one of the listed reasons: unwanted, wrong_goods, faulty, expired or overcharged."""

    word = "refund_reason_unlisted"


class Asking(Protocol):
    """Who asks for a refund, why, and who lets him."""

    @property
    def cashier(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def request_id(self) -> str | None: ...
    @property
    def request_hash(self) -> str: ...
    @property
    def approver(self) -> str: ...
    @property
    def approvals(self) -> tuple[tuple[Right, str], ...]: ...


@dataclass(frozen=True, slots=True)
class Refunded:
    """The refund in the books; `was_repeated` if it had been there before. `jobs` are the papers it owes.

    `sent` is how the money stands that wallets' companies give back, `paid_out` what the drawer gives for an account
    that is closed.
    """

    refund: Refund
    was_repeated: bool = False
    jobs: tuple[str, ...] = field(default=())
    sent: tuple[Attempt, ...] = ()
    paid_out: ValueDoc | None = None

    @property
    def out_of_drawer(self) -> Money:
        return ZERO if self.paid_out is None else self.paid_out.money


def preview(shop: Shop, order: RefundOrder, *, clock: Clock, wallets: Wallets | None = None) -> Plan:
    """What `refund` would give back for this order, and the rights it would take; nothing is written.

    Raises what keeps the refund from being made, but asks for no approval and no reason.
    """
    names = names_of(wallets)
    with shop.reading() as books:
        plan = planned(books, order, at=local_moment(books, order.at or clock.now()), refund_id="")
        check_wallets(books, plan.giving, names)
        return plan


def refund(shop: Shop, order: RefundOrder, *, clock: Clock, ids: Ids, wallets: Wallets | None = None) -> Refunded:
    """Takes goods back. Raises a Refused and then nothing changed; commits before it returns.

    What was paid by code goes back through `wallets` after the commit, and that takes as long as the companies do.
    """
    checked_code(order.cashier)
    names = names_of(wallets)
    with approvals.noting_misuse(shop, by=order.cashier, clock=clock), shop.writing() as books:
        known = answered(books, order)
        done = _made(books, order, names, clock, ids) if known is None else Refunded(known, was_repeated=True)
    return replace(done, sent=send(shop, done.refund.refund_id, wallets, clock=clock))


def _made(books: Books, order: RefundOrder, names: Mapping[TenderKind, str], clock: Clock, ids: Ids) -> Refunded:
    at = local_moment(books, order.at or clock.now())
    plan = planned(books, order, at=at, refund_id=ids.new())
    check_wallets(books, plan.giving, names)
    made = document(books, plan, order, at=at, clock=clock, ids=ids)
    undo_uses(books, plan)
    late = record(books, made, plan.txn, order.request_hash)
    note(books, made, clock=clock, ids=ids)
    if late is not None and order.prints:
        owe_z(books, late, at=made.at, ids=ids)
    jobs = printing.owe(books, made, ids=ids) if order.prints else ()
    out = paid_out(books, made, prints=order.prints, ids=ids)
    return Refunded(made, jobs=jobs) if out is None else Refunded(made, jobs=jobs + out.jobs, paid_out=out.doc)


def paid_out(books: Books, made: Refund, *, prints: bool, ids: Ids) -> ValueDone | None:
    """What the drawer gives where she is a member no more."""
    if made.member_id is None or not any(tender.kind == "stored_value" for tender in made.tenders):
        return None
    # hardly anybody comes back for this: a start does not load the room
    from storeapp.till.forgotten_refunds import pay_out

    return pay_out(books, made, prints=prints, ids=ids)


def answered(books: Books, order: Asking) -> Refund | None:
    """The refund this very request made before; raises RequestReused."""
    known = None if order.request_id is None else books.refunds.by_request(order.request_id)
    if known is not None and known[1] != order.request_hash:
        raise RequestReused(order.request_id or "", known[0].receipt)
    return None if known is None else known[0]


def document(books: Books, plan: Plan, order: RefundOrder, *, at: datetime, clock: Clock, ids: Ids) -> Refund:
    """The refund as it will stand in the books, with the next number of its day; spends the approvals it takes."""
    reason = checked_reason(books, order.reason)
    given = allowed(books, plan.needed, plan.payload, order, clock=clock, ids=ids)
    sale = plan.sale
    number, head = headed(books, at, day_of(at, books.policy.in_force()), by=order.cashier)
    return Refund(
        **head,
        refund_id=plan.txn.txn_id,
        receipt=number,
        kind=order.kind,
        sale_id=sale.sale_id,
        sale_receipt=sale.receipt,
        lines=plan.lines,
        tenders=plan.tenders,
        reason=reason,
        member_id=sale.member_id,
        points=plan.points,
        points_balance=plan.points_balance,
        coupons=plan.coupons,
        request_id=order.request_id,
        approvals=given,
        is_last=plan.undoes,
        exchanged=plan.giving.exchanged,
        of_exchange=plan.giving.of_exchange,
        cards=plan.cards,
    )


def checked_reason(books: Books, reason: str) -> str:
    """The reason as it is kept; raises RefundReasonMissing or, where the owner wants it, RefundReasonUnlisted."""
    kept = reason.strip()
    if not kept or not is_one_line(kept, most=REASON_MAX):
        raise RefundReasonMissing
    if kept not in BACK_REASONS and not takes_own_reasons(books):
        raise RefundReasonUnlisted
    return kept


def takes_own_reasons(books: Books) -> bool:
    """Whether a reason may be in somebody's own words, and need not be one of the list."""
    return not books.policy.in_force().get("refund.listed_reasons")


def allowed(
    books: Books, needed: Sequence[Right], payload: Mapping[str, Any], ask: Asking, *, clock: Clock, ids: Ids
) -> tuple[str, ...]:
    """The rights a refund needs, each held by the cashier or allowed for this very refund."""
    return approvals.allow_each(
        books,
        needed,
        payload,
        by=ask.cashier,
        given=dict(ask.approvals),
        approver=ask.approver,
        reason=ask.reason,
        at=clock.now().isoformat(),
        ids=ids,
    )


def record(books: Books, made: Refund, txn: Txn, request_hash: str) -> ZRow | None:
    """Writes the refund: journal, its row, ledger and drawer. What comes late has a new Z, whose paper is owed next."""
    entry: dict[str, Any] = {"txn_id": txn.txn_id, "kind": txn.kind, "legs": legs_data(txn.legs)}
    times = times_moves(txn.lots)
    if times:
        entry["lots"] = moves_data(times)
    books.journal.append("refund", body(made) | {"ledger": entry}, at=made.at)
    books.refunds.add(made, request_hash=request_hash)
    if txn.legs:
        books.ledger.post(txn)
        merging.follow(books, made.member_id or "", at=made.at)
    for tender in made.tenders:
        if tender.kind == "coupon":
            books.vouchers.give_back(tender.ref, receipt=made.sale_receipt)
    for kind, fen in by_kind(made.tenders).items():
        drawer.note(
            books, doc="refund", doc_id=made.refund_id, tender=kind, fen=-fen, at=made.at, shift_id=made.shift_id
        )
    referrals.undo(books, made)
    stamps.undo(books, made)
    return shift_reports.supplement_if_late(books, made)


def undo_uses(books: Books, plan: Plan) -> None:
    """Where the sale is undone: coupons it used are good again, its promises are void, its promotions uncounted."""
    if not plan.undoes:
        return
    sale = plan.sale
    for use in sale.coupons:
        coupon = books.coupons.by_id(use.coupon_id)
        if coupon is not None and coupon.state == "redeemed":
            books.coupons.give_back(replace(coupon, state="issued"))
    for coupon in books.coupons.by_receipt_token(sale.token):
        if coupon.state == "issued":
            books.coupons.put(replace(coupon, state="void"))
    for used in sale.promotions:
        books.promotions.note_use(
            PromotionUse(used.promotion_id, used.name, -used.times, -used.amount),
            sale_id=plan.txn.txn_id,
            member_id=sale.member_id,
            business_date=sale.business_date,
        )
