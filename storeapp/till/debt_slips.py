"""Paper of a debt that is paid: what it owes, and what stands on it, now or years later."""

from __future__ import annotations

from typing import cast

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.debt import KIND, Settlement
from storeapp.domain.debt_slip import DebtSlip, debt_slip
from storeapp.domain.ledger import owed_account, tender_account
from storeapp.domain.money import Money
from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt_layout import Row
from storeapp.domain.tender import TenderKind
from storeapp.domain.tender_names import Words
from storeapp.till.ports import Books, Ids
from storeapp.till.printing import owe_slip
from storeapp.till.slip_facts import moment_of, phone_of
from storeapp.till.slip_sums import moved_and_left


def owe(books: Books, done: Settlement, *, ids: Ids) -> tuple[str, ...]:
    """Queues its slip, inside its own transaction; cash opens the drawer first."""
    return owe_slip(books, "debt", done.txn_id, at=done.at, ids=ids, opens_drawer=done.tender == "cash")


def slip_of(books: Books, job: PrintJob, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows of the slip a job is for; raises UnknownReceipt."""
    txn = books.ledger.txn(job.receipt)
    if txn is None or txn.kind != KIND or txn.member_id is None:
        raise UnknownReceipt(job.receipt)
    policy = books.policy.in_force()
    moved, left = moved_and_left(books, txn, owed_account(txn.member_id), "fen")
    took = next(leg.account for leg in txn.legs if leg.amount > 0 and leg.account.startswith("tender."))
    kind, till = took.removeprefix("tender.").split(":", maxsplit=1)
    assert took == tender_account(kind, till)
    said = DebtSlip(
        shop=policy.text("shop.name"),
        till=till,
        moment=moment_of(policy, txn.at),
        phone=phone_of(books, txn.member_id),
        paid=Money(-moved),
        left=Money(left),
        tender=cast("TenderKind", kind),
    )
    return debt_slip(said, width=width, words=words)
