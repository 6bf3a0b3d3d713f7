"""Debts: a member pays what she took on account, whole or in part, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from storeapp.domain.debt import Settlement, entry, payable, said
from storeapp.domain.ledger import owed_account
from storeapp.domain.member import UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.sale import RequestReused
from storeapp.domain.staff import checked_code
from storeapp.domain.tender import TenderKind
from storeapp.till import debt_slips, drawer
from storeapp.till.moments import local_moment
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.posting import post
from storeapp.till.requests import entry_id
from storeapp.till.shift_slip import issue_if_late
from storeapp.till.top_ups import check_tender

_ASKED = UUID("5d0c5f5e-6f1b-5d3c-9b57-2f0a2f6f0a03")


@dataclass(frozen=True, slots=True)
class DebtOrder:
    """Who pays, with what, and how much of it: all she owes where `amount` is None.

    `request_id` is the caller's own: the same again is answered by the first one. `prints` False owes no paper.
    """

    member_id: str
    tender: TenderKind
    cashier: str
    amount: Money | None = None
    ref: str = ""
    request_id: str | None = None
    prints: bool = True


@dataclass(frozen=True, slots=True)
class DebtPaid:
    """What came in, and what she owes now; `was_repeated` if it had been there before. `jobs` is the paper it owes."""

    member_id: str
    paid: Money
    left: Money
    was_repeated: bool = False
    jobs: tuple[str, ...] = ()


def settle_debt(shop: Shop, order: DebtOrder, *, clock: Clock, ids: Ids) -> DebtPaid:
    """Takes the money. Raises a Refused and then nothing changed; commits before it returns."""
    checked_code(order.cashier)
    with shop.writing() as books:
        txn_id = entry_id(books, _ASKED, order.request_id, ids)
        owed = Money(books.ledger.balance(owed_account(order.member_id), "fen"))
        known = _known(books, order, txn_id)
        if known is not None:
            return DebtPaid(order.member_id, known, owed, was_repeated=True)
        if books.members.by_id(order.member_id) is None:
            raise UnknownMember
        check_tender(books, order.tender)
        paid = payable(owed, order.amount)
        at = local_moment(books, clock.now()).isoformat()
        done = Settlement(
            txn_id,
            order.member_id,
            paid,
            owed - paid,
            order.tender,
            order.cashier,
            books.device.till,
            at,
            ref=order.ref,
            shift_id=drawer.shift_at(books, at),
        )
        post(books, entry(done), said(done))
        drawer.note(
            books, doc="payment", doc_id=txn_id, tender=done.tender, fen=paid.fen, at=at, shift_id=done.shift_id
        )
        issue_if_late(books, done, prints=order.prints, ids=ids)
        jobs = debt_slips.owe(books, done, ids=ids) if order.prints else ()
        return DebtPaid(order.member_id, paid, done.left, jobs=jobs)


def _known(books: Books, order: DebtOrder, txn_id: str) -> Money | None:
    """What the same request took before; raises RequestReused if it was about somebody or something else."""
    txn = books.ledger.txn(txn_id)
    if txn is None:
        return None
    paid = -sum(leg.amount for leg in txn.legs if leg.account == owed_account(order.member_id))
    if paid <= 0 or (order.amount is not None and order.amount.fen != paid):
        raise RequestReused(order.request_id or "", "")
    return Money(paid)
