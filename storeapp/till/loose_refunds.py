"""Goods whose sale is not in these books: brought without a receipt, or with one of another till of the shop.

They go back in cash, named one by one and at no more than today's price, up to what the owner risks. The cloud holds a
receipt's number against the sale as soon as both have arrived there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from storeapp.domain.basket import Basket, Line
from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.ledger import Leg, Txn, tender_account
from storeapp.domain.money import Money, total
from storeapp.domain.quantity import Quantity
from storeapp.domain.receipt import number_behind, place_of
from storeapp.domain.refund import NothingToRefund, Refund, RefundLine
from storeapp.domain.staff import Right, checked_code
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import approvals, printing, selling
from storeapp.till.moments import day_of, local_moment
from storeapp.till.numbering import headed
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.quoting import quote
from storeapp.till.refunds import Refunded, allowed, answered, checked_reason, record
from storeapp.till.shift_slip import owe_z


@dataclass(eq=False)
class ReceiptIsHere(Refused):
    """The sale of `receipt` is in these books: its goods come back by their lines."""

    receipt: str
    word = "receipt_is_here"


@dataclass(eq=False)
class OtherTillClosed(Refused):
    """The owner lets goods come back at the till alone that sold them: `receipt` names another one."""

    receipt: str
    word = "refund_at_its_till"


@dataclass(eq=False)
class RefundOverLimit(Refused):
    """Without the sale no more than `most_fen` goes back; `asked_fen` was asked for, earlier parts counted."""

    most_fen: int
    asked_fen: int
    word = "refund_over_limit"


@dataclass(eq=False)
class RefundAboveToday(Refused):
    """The goods of line `line` cost `most_fen` today, and no more goes back for them."""

    line: int
    most_fen: int
    word = "refund_above_today"


@dataclass(frozen=True, slots=True)
class Named:
    """So much of one product; `paid` is what the receipt of another till says was paid for all of it."""

    code: str
    quantity: Quantity | None = None
    paid: Money | None = None
    restock: bool = True


@dataclass(frozen=True, slots=True)
class LooseOrder:
    """Goods brought back without their sale; `receipt` is the number of another till, "" if there is no receipt."""

    goods: tuple[Named, ...]
    cashier: str
    reason: str
    receipt: str = ""
    at: datetime | None = None
    request_id: str | None = None
    request_hash: str = ""
    approver: str = ""
    approvals: tuple[tuple[Right, str], ...] = ()
    prints: bool = True


@dataclass(frozen=True, slots=True)
class LoosePlan:
    """What would go back, and which rights it takes; `missing` are those the cashier does not hold himself."""

    lines: tuple[RefundLine, ...]
    receipt: str
    needed: tuple[Right, ...]
    missing: tuple[Right, ...]
    payload: dict[str, object]

    @property
    def total(self) -> Money:
        return total(line.amount for line in self.lines)

    @property
    def tenders(self) -> tuple[Tender, ...]:
        """What goes back, and nothing where it is nothing."""
        return (Tender("cash", self.total),) if self.total else ()


def preview_loose(shop: Shop, order: LooseOrder, *, clock: Clock, ids: Ids) -> LoosePlan:
    """What `refund_loose` would give back; nothing is written and nobody's approval asked."""
    with shop.reading() as books:
        return _planned(books, order, at=local_moment(books, order.at or clock.now()), ids=ids)


def refund_loose(shop: Shop, order: LooseOrder, *, clock: Clock, ids: Ids) -> Refunded:
    """Takes goods back without their sale. Raises a Refused and then nothing changed; commits before it returns."""
    checked_code(order.cashier)
    with approvals.noting_misuse(shop, by=order.cashier, clock=clock), shop.writing() as books:
        known = answered(books, order)
        if known is not None:
            return Refunded(known, was_repeated=True)
        at = local_moment(books, order.at or clock.now())
        plan = _planned(books, order, at=at, ids=ids)
        made = _document(books, plan, order, at=at, clock=clock, ids=ids)
        late = record(books, made, _txn(books, made), order.request_hash)
        if late is not None and order.prints:
            owe_z(books, late, at=made.at, ids=ids)
        return Refunded(made, jobs=printing.owe(books, made, ids=ids) if order.prints else ())


def number_of_other_till(books: Books, code: str, *, at: datetime) -> str:
    """The number of another till's receipt that is scanned or typed; "" where `code` is no receipt's number.

    Raises ReceiptIsHere, OtherTillClosed or UnknownReceipt where goods of that receipt do not come back this way.
    """
    if place_of(number_behind(code, store=books.device.store)) is None:
        return ""
    today = day_of(local_moment(books, at), books.policy.in_force())
    return _of_other_till(books, code, today=today)[0]


def _planned(books: Books, order: LooseOrder, *, at: datetime, ids: Ids) -> LoosePlan:
    if not order.goods:
        raise NothingToRefund
    policy = books.policy.in_force()
    needed: list[Right] = ["refund"]
    number, most, before = "", policy.whole("refund.without_receipt_most_fen"), 0
    if order.receipt:
        number, sold_on = _of_other_till(books, order.receipt, today=day_of(at, policy))
        if at.date() - sold_on > timedelta(days=policy.whole("refund.days")):
            needed.append("refund_late")
        most = policy.whole("refund.other_till_most_fen")
        before = sum(refund.total.fen for refund in books.refunds.of_sale(number))
    else:
        needed.append("refund_without_receipt")
    lines = _lines(books, order, at=at, ids=ids, has_receipt=bool(number))
    asked = before + sum(line.amount.fen for line in lines)
    if asked > most:
        raise RefundOverLimit(most, asked)
    goods = [[line.code, line.quantity_milli, line.amount.fen] for line in lines]
    return LoosePlan(
        lines=lines,
        receipt=number,
        needed=tuple(needed),
        missing=tuple(right for right in needed if not approvals.may(books, order.cashier, right)),
        payload={"receipt": number, "goods": goods},
    )


def _of_other_till(books: Books, code: str, *, today: date) -> tuple[str, date]:
    """The number of a receipt of another till of this shop, and its day."""
    number = number_behind(code, store=books.device.store)
    place = place_of(number)
    if place is None or place.store != books.device.store or place.day > today:
        raise UnknownReceipt(code[:60])
    if books.sales.by_receipt(number) is not None:
        raise ReceiptIsHere(number)
    if place.till == books.device.till:
        raise UnknownReceipt(code[:60])
    if not books.policy.in_force().get("refund.other_till"):
        raise OtherTillClosed(number)
    return number, place.day


def _lines(books: Books, order: LooseOrder, *, at: datetime, ids: Ids, has_receipt: bool) -> tuple[RefundLine, ...]:
    policy = books.policy.in_force()
    rung = tuple(
        selling.ring_up(books, each.code, policy, quantity=each.quantity, line=n)
        for n, each in enumerate(order.goods, start=1)
    )
    priced = quote(books, Basket(rung), at=at, ids=ids).priced.lines
    found = []
    for n, (each, line, today) in enumerate(zip(order.goods, rung, priced, strict=True), start=1):
        lowest = min((today.net.fen, *_by_member(line)))
        # a receipt says what was paid, and today's shelf is the most that is believed of it
        most = today.gross.fen if has_receipt else lowest
        fen = lowest if each.paid is None else each.paid.fen
        if not 0 <= fen <= most:
            raise RefundAboveToday(n, most)
        product = line.product
        found.append(
            RefundLine(n, product.code, product.name, product.unit, today.quantity.milli, Money(fen), each.restock)
        )
    return tuple(found)


def _by_member(line: Line) -> tuple[int, ...]:
    """What a member pays for it, if that is another price."""
    price = line.product.member_price
    return () if price is None else (price.fen * line.quantity.milli // 1000,)


def _document(books: Books, plan: LoosePlan, order: LooseOrder, *, at: datetime, clock: Clock, ids: Ids) -> Refund:
    reason = checked_reason(books, order.reason)
    given = allowed(books, plan.needed, plan.payload, order, clock=clock, ids=ids)
    number, head = headed(books, at, day_of(at, books.policy.in_force()), by=order.cashier)
    return Refund(
        **head,
        refund_id=ids.new(),
        receipt=number,
        kind="refund",
        sale_id="",
        sale_receipt=plan.receipt,
        lines=plan.lines,
        tenders=plan.tenders,
        reason=reason,
        request_id=order.request_id,
        approvals=given,
    )


def _txn(books: Books, made: Refund) -> Txn:
    fen = made.total.fen
    legs = (Leg(tender_account("cash", books.device.till), "fen", -fen), Leg("rev.sales", "fen", fen))
    return Txn(made.refund_id, "refund", made.at, legs if fen else ())
