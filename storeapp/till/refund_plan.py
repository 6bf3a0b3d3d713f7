"""What a refund gives back: worked out from the sale's own entries before anything is written.

Everything goes back by the very legs of the sale, in proportion; the last part takes what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from storeapp.domain.card_use import CardBack, parts_back, times_back, without_cards
from storeapp.domain.ledger import Leg, Txn, debt_account, points_account, tender_account, times_account
from storeapp.domain.money import Money, total
from storeapp.domain.refund import RefundLine, check_pieces, everything_left, lines_back
from storeapp.domain.reversal import part_of
from storeapp.domain.sale import Sale
from storeapp.domain.staff import Right
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import approvals, drawer
from storeapp.till.member_account import off_debt
from storeapp.till.moments import day_of
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books
from storeapp.till.receipts import sale_behind
from storeapp.till.refund_order import RefundOrder as RefundOrder
from storeapp.till.refund_tenders import Giving, given_back
from storeapp.till.reversing import taken_back
from storeapp.till.selling import by_measure


@dataclass(eq=False)
class VoidTooLate(Refused):
    """Only a sale of the open shift, of which nothing came back yet, is voided; any other is refunded."""

    word = "void_too_late"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refund would do. `points` are what she loses of those earned, `points_owed` how many of them she spent.

    `cards` are hers that have times again. `needed` are the rights it takes, `missing` those the cashier does not hold
    himself; `payload` is what is approved.
    """

    sale: Sale
    lines: tuple[RefundLine, ...]
    giving: Giving
    points: int
    points_owed: int
    points_balance: int | None
    undoes: bool
    needed: tuple[Right, ...]
    missing: tuple[Right, ...]
    payload: dict[str, Any]
    cards: tuple[CardBack, ...] = ()

    @property
    def txn(self) -> Txn:
        return self.giving.txn

    @property
    def tenders(self) -> tuple[Tender, ...]:
        """What goes back by each way to pay."""
        return self.giving.tenders

    @property
    def total(self) -> Money:
        """What the goods had cost."""
        return total(line.amount for line in self.lines)

    @property
    def back(self) -> Money:
        """What goes back, rounding of the sale included."""
        return total(tender.amount for tender in self.tenders)

    @property
    def coupons(self) -> tuple[str, ...]:
        """Codes that are good again."""
        return tuple(use.code for use in self.sale.coupons) if self.undoes else ()


def planned(
    books: Books, order: RefundOrder, *, at: datetime, refund_id: str, take_fen: int = 0, ticket: str = ""
) -> Plan:
    """Works a refund out; writes nothing. Raises what keeps it from being made, but asks nobody's approval.

    Up to `take_fen` of it pays for the goods of the sale `ticket`, taken in exchange.
    """
    sale = sale_behind(books, order.receipt)
    check_not_own(books, sale.member_id, order.cashier)
    done_milli, done_fen = books.refunds.back(sale.sale_id)
    asked = order.lines or everything_left(sale, done_milli, restock=order.restock)
    lines = lines_back(sale, asked, before_milli=done_milli, before_fen=done_fen)
    check_pieces(sale, lines, before_milli=done_milli, by_measure=lambda code, unit: by_measure(books, code, unit))
    _check_kind(books, sale, order, lines, done_milli)
    day = day_of(at, books.policy.in_force())
    part, before = sum(line.amount.fen for line in lines), sum(done_fen.values())
    # what was free may stay with the customer: once all that was paid for is back, the sale is undone
    is_last = _is_last(sale, lines, done_milli) or 0 < sale.total.fen <= before + part
    # where all that was paid for had come back before, only what was free is brought now
    undoes = is_last and not 0 < sale.total.fen <= before
    back = times_back(sale.cards, _goods_back(sale, lines, done_milli))
    whole = _Whole(before, part, is_last)
    txn = _txn(books, sale, whole, back, as_id=refund_id, at=at.isoformat(), on=day)
    giving = given_back(books, txn, sale, in_cash=order.in_cash, take_fen=take_fen, ticket=ticket)
    needed = _needed(books, sale, order, at)
    hers, debts = points_account(sale.member_id or ""), debt_account(sale.member_id or "")
    points = -sum(leg.amount for leg in txn.legs if leg.unit == "pts" and leg.account == hers)
    return Plan(
        sale=sale,
        lines=lines,
        giving=giving,
        points=points,
        points_owed=-sum(leg.amount for leg in txn.legs if leg.account == debts),
        points_balance=None if sale.member_id is None else books.ledger.balance(hers, "pts") - points,
        undoes=undoes,
        needed=needed,
        missing=tuple(right for right in needed if not approvals.may(books, order.cashier, right)),
        cards=_cards_back(books, sale, back),
        payload={"sale": sale.receipt, "lines": [[line.line, line.quantity_milli] for line in lines]},
    )


def _goods_back(sale: Sale, lines: Sequence[RefundLine], done: dict[int, int]) -> dict[int, tuple[int, int, int]]:
    """By line of the sale: how much of it came back before, how much does now, and how much was sold."""
    now = {line.line: line.quantity_milli for line in lines}
    return {
        line.number: (done.get(line.number, 0), now[line.number], line.quantity_milli)
        for line in sale.lines
        if line.number in now
    }


def _cards_back(books: Books, sale: Sale, back: Sequence[tuple[int, int]]) -> tuple[CardBack, ...]:
    found = []
    for use, (times, _) in zip(sale.cards, back, strict=True):
        if times:
            left = books.ledger.balance(times_account(use.card_id), "times")
            found.append(CardBack(use.card_id, use.name, times, left + times))
    return tuple(found)


def _needed(books: Books, sale: Sale, order: RefundOrder, at: datetime) -> tuple[Right, ...]:
    needed: list[Right] = ["void" if order.kind == "void" else "refund"]
    days = books.policy.in_force().whole("refund.days")
    if order.kind == "refund" and at - datetime.fromisoformat(sale.at) > timedelta(days=days):
        needed.append("refund_late")
    if order.in_cash and any(tender.kind != "cash" for tender in sale.tenders):
        needed.append("refund_other_tender")
    return tuple(needed)


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


@dataclass(frozen=True, slots=True)
class _Whole:
    """How much of a sale's money comes back now, in fen, and how much did before; the last part takes the rest."""

    before: int
    part: int
    is_last: bool


def _txn(
    books: Books,
    sale: Sale,
    money: _Whole,
    cards: Sequence[tuple[int, int]],
    *,
    as_id: str,
    at: str,
    on: date,
) -> Txn:
    """The ledger entry that takes this part of the sale back; history from elsewhere was paid in cash.

    What goes back to her `cards` follows the goods, not the money.
    """
    whole, part = sale.total.fen, money.part
    if books.ledger.txn(sale.sale_id) is None:
        legs = (
            Leg(tender_account("cash", books.device.till), "fen", -part),
            Leg("rev.sales", "fen", part),
        )
        return Txn(as_id, "refund", at, legs if part else (), member_id=sale.member_id)

    def parts(original: Txn, past: Sequence[int]) -> Sequence[int]:
        done, now = (0, whole) if money.is_last else (money.before, part)
        plain = without_cards(original)
        first = len(plain.legs)
        # of a sale that cost nothing nothing comes back before all of it does
        found = part_of(plain, past[:first], done=done, part=now, whole=whole if money.is_last else max(whole, 1))
        return (*off_debt(books, plain, found), *parts_back(sale.cards, cards, past[first:]))

    return taken_back(books, sale.sale_id, parts, as_id=as_id, kind="refund", at=at, on=on)
