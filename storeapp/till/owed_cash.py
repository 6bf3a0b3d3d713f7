"""Money a company finally refused to give back: out of the drawer instead, once, with the right for another tender.

The refund's document stays as it was written; what its money did is one more entry, with who let it.
"""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.drawer import Movement
from storeapp.domain.ledger import Leg, Txn, tender_account
from storeapp.domain.staff import Right
from storeapp.till import drawer, printing
from storeapp.till.approvals import noting_misuse
from storeapp.till.moments import local_moment
from storeapp.till.paying_back import NothingToGiveBack
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.posting import post
from storeapp.till.records import Attempt
from storeapp.till.settling import Say, allowed
from storeapp.till.shift_slip import issue_if_late

KIND = "refund_in_cash"
RIGHT: Right = "refund_other_tender"


def give_in_cash(shop: Shop, trade_number: str, say: Say, *, clock: Clock, ids: Ids) -> Attempt:
    """The customer gets in cash what the company refused to give back of this payment; answers the refund's attempt.

    Raises NothingToGiveBack where nothing is owed (any more), and what approvals raise.
    """
    with noting_misuse(shop, by=say.by, clock=clock), shop.writing() as books:
        owed = next((one for one in books.attempts.owed_back() if one.trade_number == trade_number), None)
        if owed is None:
            payment = books.attempts.by_trade(trade_number)
            raise NothingToGiveBack(trade_number, "" if payment is None else payment.state)
        now = clock.now()
        who = allowed(books, RIGHT, owed, "in_cash", say, at=now.isoformat(), ids=ids)
        at = local_moment(books, now).isoformat()
        txn = _entry(books, owed, ids.new(), at)
        done = replace(owed, used_by=txn.txn_id, approver=who)
        books.attempts.put(done)
        post(books, txn, _said(done, say))
        shift_id = drawer.shift_at(books, at)
        for tender, fen in ((owed.tender, owed.fen), ("cash", -owed.fen)):
            drawer.note(books, doc="payment", doc_id=txn.txn_id, tender=tender, fen=fen, at=at, shift_id=shift_id)
        issue_if_late(books, Movement("payment", txn.txn_id, "cash", -owed.fen, at, shift_id), prints=True, ids=ids)
        printing.owe_drawer(books, at=at, ids=ids)
        return done


def _entry(books: Books, owed: Attempt, txn_id: str, at: str) -> Txn:
    """The wallet's account has its money again, and the drawer gives it."""
    wallet = tender_account(owed.tender, books.device.till)
    cash = tender_account("cash", books.device.till)
    return Txn(txn_id, KIND, at, (Leg(wallet, "fen", owed.fen), Leg(cash, "fen", -owed.fen)))


def _said(done: Attempt, say: Say) -> dict[str, object]:
    return {
        "attempt": done.attempt_id,
        "trade": done.trade_number,
        "document": done.sale_id,
        "tender": done.tender,
        "fen": done.fen,
        "cashier": say.by,
        "approver": done.approver,
        "why": say.reason,
    }
