"""Refunds: goods of a receipt come back, and with them money, points, stored value and coupons, in one transaction.

Everything goes back by the very legs of the sale, in proportion; the last part takes what is left. Money a wallet's
company took is given back by that company or, where somebody with the right says so, in cash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from storeapp.domain.business_day import receipt_number
from storeapp.domain.ledger import Leg, Txn, legs_data, points_account, tender_account
from storeapp.domain.money import Money
from storeapp.domain.one_line import is_one_line
from storeapp.domain.refund import Asked, Refund, RefundKind, RefundLine, body, everything_left, lines_back
from storeapp.domain.reversal import part_of
from storeapp.domain.sale import PromotionUse, RequestReused, Sale
from storeapp.domain.staff import Right, checked_code
from storeapp.domain.tender import BY_PROVIDER, Tender, TenderKind
from storeapp.errors import Refused
from storeapp.till import approvals, drawer
from storeapp.till.moments import day_of, local_moment
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.receipts import sale_behind
from storeapp.till.reversing import taken_back

REASON_MAX = 100


@dataclass(eq=False)
class RefundReasonMissing(Refused):
    """A refund says why, in one line of at most 100 characters."""

    word = "refund_reason_missing"


@dataclass(eq=False)
class RefundByWallet(Refused):
    """`kind` was taken by a wallet's company, and goes back there or by an approved other way."""

    kind: str
    word = "refund_by_wallet"


@dataclass(eq=False)
class VoidTooLate(Refused):
    """Only a sale of the open shift, of which nothing came back yet, is voided; any other is refunded."""

    word = "void_too_late"


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """What is brought back of which receipt. No `lines` are all that is left.

    `approver` is named by a script, `approvals` are ids the window got by right. `in_cash` gives everything back in
    cash, whatever it was paid with.
    """

    receipt: str
    cashier: str
    reason: str
    lines: tuple[Asked, ...] = ()
    kind: RefundKind = "refund"
    restock: bool = True
    in_cash: bool = False
    at: datetime | None = None
    request_id: str | None = None
    request_hash: str = ""
    approver: str = ""
    approvals: tuple[tuple[Right, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refunded:
    """The refund in the books; `was_repeated` if it had been there before."""

    refund: Refund
    was_repeated: bool = False


def refund(shop: Shop, order: RefundOrder, *, clock: Clock, ids: Ids) -> Refunded:
    """Takes goods back. Raises a Refused and then nothing changed; commits before it returns."""
    checked_code(order.cashier)
    with shop.writing() as books:
        known = None if order.request_id is None else books.refunds.by_request(order.request_id)
        if known is not None:
            if known[1] != order.request_hash:
                raise RequestReused(order.request_id or "", known[0].receipt)
            return Refunded(known[0], was_repeated=True)
        sale = sale_behind(books, order.receipt)
        at = local_moment(books, order.at or clock.now())
        made, txn = _made(books, sale, order, at=at, clock=clock, ids=ids)
        _write(books, sale, made, txn, order.request_hash)
        return Refunded(made)


def _made(books: Books, sale: Sale, order: RefundOrder, *, at: datetime, clock: Clock, ids: Ids) -> tuple[Refund, Txn]:
    reason = order.reason.strip()
    if not reason or not is_one_line(reason, most=REASON_MAX):
        raise RefundReasonMissing
    done_milli, done_fen = books.refunds.back(sale.sale_id)
    asked = order.lines or everything_left(sale, done_milli, restock=order.restock)
    lines = lines_back(sale, asked, before_milli=done_milli, before_fen=done_fen)
    _check_kind(books, sale, order, lines, done_milli)
    refund_id, stamp = ids.new(), at.isoformat()
    day = day_of(at, books.policy.in_force())
    part, before = sum(line.amount.fen for line in lines), sum(done_fen.values())
    # what was free may stay with the customer: once all that was paid for is back, the sale is undone
    is_last = _is_last(sale, lines, done_milli) or 0 < sale.total.fen <= before + part
    # where all that was paid for had come back before, only what was free is brought now
    undoes = is_last and not 0 < sale.total.fen <= before
    txn = _txn(books, sale, before=before, part=part, is_last=is_last, as_id=refund_id, at=stamp, on=day)
    txn, tenders = _given_back(books, txn, sale, order, at=clock.now().isoformat())
    given = _allowed(books, sale, order, lines, at=at, clock=clock, ids=ids)
    number = books.sales.next_in_day(day.isoformat())
    points = -sum(leg.amount for leg in txn.legs if leg.unit == "pts" and leg.account == _points(sale))
    balance = None if sale.member_id is None else books.ledger.balance(_points(sale), "pts") - points
    made = Refund(
        refund_id=refund_id,
        receipt=receipt_number(books.device.store, books.device.till, day, number),
        number_in_day=number,
        kind=order.kind,
        sale_id=sale.sale_id,
        sale_receipt=sale.receipt,
        store=books.device.store,
        till=books.device.till,
        cashier=order.cashier,
        business_date=day.isoformat(),
        at=stamp,
        lines=lines,
        tenders=tenders,
        reason=reason,
        member_id=sale.member_id,
        points=points,
        points_balance=balance,
        coupons=tuple(use.code for use in sale.coupons) if undoes else (),
        request_id=order.request_id,
        shift_id=drawer.shift_at(books, stamp),
        approvals=given,
        is_last=undoes,
    )
    return made, txn


def _check_kind(
    books: Books, sale: Sale, order: RefundOrder, lines: Sequence[RefundLine], done: dict[int, int]
) -> None:
    if order.kind == "refund":
        return
    is_whole = not done and _is_last(sale, lines, done)
    if not is_whole or sale.shift_id is None or sale.shift_id != drawer.current_shift(books):
        raise VoidTooLate


def _is_last(sale: Sale, lines: Sequence[RefundLine], done: dict[int, int]) -> bool:
    now = {line.line: line.quantity_milli for line in lines}
    return all(done.get(line.number, 0) + now.get(line.number, 0) == line.quantity_milli for line in sale.lines)


def _txn(books: Books, sale: Sale, *, before: int, part: int, is_last: bool, as_id: str, at: str, on: date) -> Txn:
    """The ledger entry that takes this part of the sale back; history from elsewhere was paid in cash."""
    whole = sale.total.fen
    if books.ledger.txn(sale.sale_id) is None:
        legs = (
            Leg(tender_account("cash", books.device.till), "fen", -part),
            Leg("rev.sales", "fen", part),
        )
        return Txn(as_id, "refund", at, legs if part else (), member_id=sale.member_id)

    def parts(original: Txn, past: Sequence[int]) -> Sequence[int]:
        done, now = (0, whole) if is_last else (before, part)
        # of a sale that cost nothing nothing comes back before all of it does
        return part_of(original, past, done=done, part=now, whole=whole if is_last else max(whole, 1))

    return taken_back(books, sale.sale_id, parts, as_id=as_id, kind="refund", at=at, on=on)


def _given_back(books: Books, txn: Txn, sale: Sale, order: RefundOrder, *, at: str) -> tuple[Txn, tuple[Tender, ...]]:
    """What goes back by each way to pay, as the entry's legs say; all of it in cash where that was asked for."""
    back: dict[TenderKind, int] = {}
    legs: list[Leg] = []
    cash = tender_account("cash", books.device.till)
    for leg in txn.legs:
        kind = _kind_of(leg.account, sale)
        if kind is None or leg.amount >= 0:
            legs.append(leg)
            continue
        moves_to_cash = order.in_cash and kind != "cash"
        if kind in BY_PROVIDER and kind != "simulated" and not order.in_cash:
            raise RefundByWallet(kind)
        target: TenderKind = "cash" if moves_to_cash else kind
        # a till gives back from its own drawer, whichever till took the money
        legs.append(Leg(cash if target == "cash" else leg.account, leg.unit, leg.amount))
        back[target] = back.get(target, 0) - leg.amount
    refs = {tender.kind: tender.ref for tender in sale.tenders}
    tenders = tuple(Tender(kind, Money(fen), refs.get(kind, "")) for kind, fen in back.items() if fen)
    return replace(txn, legs=tuple(legs)), tenders


def _kind_of(account: str, sale: Sale) -> TenderKind | None:
    if not account.startswith("tender."):
        return None
    name = account.removeprefix("tender.").rpartition(":")[0]
    return next((tender.kind for tender in sale.tenders if tender.kind == name), "cash" if name == "cash" else None)


def _allowed(
    books: Books, sale: Sale, order: RefundOrder, lines: Sequence[RefundLine], *, at: datetime, clock: Clock, ids: Ids
) -> tuple[str, ...]:
    """The rights this refund needs, each held by the cashier or allowed for this very refund."""
    needed: list[Right] = ["void" if order.kind == "void" else "refund"]
    days = books.policy.in_force().whole("refund.days")
    if order.kind == "refund" and at - datetime.fromisoformat(sale.at) > timedelta(days=days):
        needed.append("refund_late")
    if order.in_cash and any(tender.kind != "cash" for tender in sale.tenders):
        needed.append("refund_other_tender")
    payload = {"sale": sale.receipt, "lines": [[line.line, line.quantity_milli] for line in lines]}
    ids_given, given = dict(order.approvals), []
    now = clock.now().isoformat()
    for right in needed:
        if order.approver:
            spent = approvals.spend_named(
                books, right, payload, by=order.cashier, approver=order.approver, reason=order.reason, at=now, ids=ids
            )
            if spent is not None:
                given.append(spent.approval_id)
        else:
            approval_id = ids_given.get(right)
            if approvals.allow(books, right, payload, by=order.cashier, approval_id=approval_id, at=now) is not None:
                given.append(approval_id or "")
    return tuple(given)


def _write(books: Books, sale: Sale, made: Refund, txn: Txn, request_hash: str) -> None:
    entry = {"txn_id": txn.txn_id, "kind": txn.kind, "legs": legs_data(txn.legs)}
    books.journal.append("refund", body(made) | {"ledger": entry}, at=made.at)
    books.refunds.add(made, request_hash=request_hash)
    if txn.legs:
        books.ledger.post(txn)
    for tender in made.tenders:
        drawer.note(
            books,
            doc="refund",
            doc_id=made.refund_id,
            tender=tender.kind,
            fen=-tender.amount.fen,
            at=made.at,
            shift_id=made.shift_id,
        )
    if made.is_last:
        _undo_coupons(books, sale)
        for use in sale.promotions:
            books.promotions.note_use(
                PromotionUse(use.promotion_id, use.name, -use.times, -use.amount),
                sale_id=made.refund_id,
                member_id=sale.member_id,
                business_date=sale.business_date,
            )


def _undo_coupons(books: Books, sale: Sale) -> None:
    """What the sale had used is good again; what it had promised for the next visit is void, unless it was used."""
    for use in sale.coupons:
        coupon = books.coupons.by_id(use.coupon_id)
        if coupon is not None and coupon.state == "redeemed":
            books.coupons.give_back(replace(coupon, state="issued"))
    for coupon in books.coupons.by_receipt_token(sale.token):
        if coupon.state == "issued":
            books.coupons.put(replace(coupon, state="void"))


def _points(sale: Sale) -> str:
    return points_account(sale.member_id or "")
