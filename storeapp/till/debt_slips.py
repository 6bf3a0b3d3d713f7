"""Paper of a debt that is paid: what it owes, and what stands on it, now or years later."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from storeapp.domain.debt import KIND, Settlement
from storeapp.domain.debt_slip import DebtSlip, debt_slip
from storeapp.domain.ledger import owed_account, tender_account
from storeapp.domain.member import masked_phone
from storeapp.domain.money import Money
from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt_layout import Row
from storeapp.domain.sale import UnknownReceipt
from storeapp.domain.tender import TenderKind
from storeapp.domain.tender_names import Words
from storeapp.till.moments import in_zone
from storeapp.till.ports import Books, Ids
from storeapp.till.printing import RECEIPT_PRINTER
from storeapp.till.slip_sums import moved_and_left


def owe(books: Books, done: Settlement, *, ids: Ids, printer: str = RECEIPT_PRINTER) -> tuple[str, ...]:
    """Queues what it owes, inside its own transaction: the drawer first if it is cash, then the slip."""
    jobs = [PrintJob(ids.new(), "debt", printer, "queued", done.at, receipt=done.txn_id)]
    if done.tender == "cash":
        jobs.insert(0, PrintJob(ids.new(), "drawer", printer, "queued", done.at))
    for job in jobs:
        books.prints.add(job)
    return tuple(job.job_id for job in jobs)


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
    member = books.members.by_id(txn.member_id)
    said = DebtSlip(
        shop=policy.text("shop.name"),
        till=till,
        moment=f"{in_zone(datetime.fromisoformat(txn.at), policy):%Y-%m-%d %H:%M:%S}",
        # she may have had herself erased since
        phone="" if member is None else masked_phone(member.phone),
        paid=Money(-moved),
        left=Money(left),
        tender=cast("TenderKind", kind),
    )
    return debt_slip(said, width=width, words=words)
