"""Printing: what paper is owed, what became of each job, and who may decide to print again.

A job is sent at most once by itself. Whatever may be on paper already is printed again only when a person says so,
and then as a counted copy. Nothing here undoes a sale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.drawer import CashMove
from storeapp.domain.printing import JobKind, JobState, PrintJob
from storeapp.domain.sale import Sale
from storeapp.domain.staff import SCRIPT
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import approvals, drawer
from storeapp.till.ports import Books, Clock, Ids, Shop

if TYPE_CHECKING:
    from storeapp.domain.refund import Refund

RECEIPT_PRINTER = "receipt"
PAPER_MAX_AGE = timedelta(minutes=10)
"""Older paper is asked about: a printer that comes back at night must not spit out the evening's queue."""
DRAWER_MAX_AGE = timedelta(seconds=15)
"""A drawer must never spring open when nobody expects it any more."""
INTERRUPTED = "interrupted"
TOO_OLD = "too_old"


@dataclass(eq=False)
class UnknownJob(Refused):
    """There is no print job `job_id`, or somebody has decided about it already."""

    job_id: str
    word = "unknown_print_job"


def owe(
    books: Books,
    document: Sale | Refund,
    *,
    ids: Ids,
    printer: str = RECEIPT_PRINTER,
    also: tuple[Tender, ...] = (),
) -> tuple[str, ...]:
    """Queues what a sale or refund owes, inside its own transaction: the drawer first if there is cash, then paper.

    `also` are tenders of the other half of its ticket.
    """
    jobs: list[PrintJob] = []
    if any(tender.kind == "cash" for tender in (*document.tenders, *also)):
        jobs.append(_job("drawer", document.at, ids=ids, printer=printer))
    for _ in range(books.policy.in_force().whole("receipt.copies")):
        jobs.append(_job("receipt", document.at, ids=ids, printer=printer, receipt=document.receipt))
    return _queued(books, jobs)


def owe_slip(
    books: Books, kind: JobKind, behind: str, *, at: str, ids: Ids, opens_drawer: bool = False
) -> tuple[str, ...]:
    """Queues a slip inside its document's transaction, the drawer first where cash moved; `behind` finds it again."""
    jobs = [_job("drawer", at, ids=ids, printer=RECEIPT_PRINTER)] if opens_drawer else []
    jobs.append(_job(kind, at, ids=ids, printer=RECEIPT_PRINTER, receipt=behind))
    return _queued(books, jobs)


def kick_drawer(
    shop: Shop,
    *,
    cashier: str,
    reason: str,
    clock: Clock,
    ids: Ids,
    printer: str = RECEIPT_PRINTER,
    approval_id: str | None = None,
) -> str:
    """The drawer is to open without a sale: journaled with the reason, and counted in its shift. Returns the job's id.

    Raises BadCashMove without a reason, NeedsApproval where `cashier` may not.
    """
    at = clock.now().isoformat()
    with approvals.noting_misuse(shop, by=cashier, clock=clock), shop.writing() as books:
        approvals.allow(books, "open_drawer", no_sale(reason), by=cashier, approval_id=approval_id, at=at)
        books.drawer.add_cash(CashMove(ids.new(), "no_sale", 0, reason, cashier, at, drawer.current_shift(books)))
        books.journal.append("drawer.opened", {"reason": reason, "cashier": cashier}, at=at)
        job = _job("drawer", at, ids=ids, printer=printer)
        books.prints.add(job)
        return job.job_id


def owe_drawer(books: Books, *, at: str, ids: Ids, printer: str = RECEIPT_PRINTER) -> None:
    """The drawer is to open for a document that says why itself, inside its transaction."""
    books.prints.add(_job("drawer", at, ids=ids, printer=printer))


def no_sale(reason: str) -> dict[str, Any]:
    """What is approved when the drawer opens without a sale."""
    return {"drawer": "no_sale", "reason": reason}


def reprint(
    shop: Shop,
    receipt: str,
    *,
    clock: Clock,
    ids: Ids,
    printer: str = RECEIPT_PRINTER,
    by: str = SCRIPT,
    approval_id: str | None = None,
) -> PrintJob:
    """One more copy of a receipt, counted and journaled.

    Raises UnknownReceipt; NeedsApproval for the copy after the last one `by` may print.
    """
    at = clock.now().isoformat()
    with approvals.noting_misuse(shop, by=by, clock=clock), shop.writing() as books:
        asked = one_copy_too_many(books, receipt)
        if asked is not None:
            approvals.allow(books, "reprint_more", asked, by=by, approval_id=approval_id, at=at)
        return _copy(books, receipt, at, ids=ids, printer=printer, by=by)


def one_copy_too_many(books: Books, receipt: str) -> dict[str, Any] | None:
    """What is to be approved before the next copy of this receipt; None while nobody need be asked."""
    copies = books.sales.copies(receipt)
    if copies < books.policy.in_force().whole("rights.reprints_cashier"):
        return None
    return {"receipt": receipt, "copy": copies + 1}


def start_up(shop: Shop) -> tuple[PrintJob, ...]:
    """After a start: what a crash left half sent becomes a question. Returns all open questions."""
    with shop.writing() as books:
        for job in books.prints.open_questions():
            if job.state == "sending" and job.kind == "drawer":
                books.prints.set_state(job.job_id, "failed", reason=INTERRUPTED)
                books.prints.settle(job.job_id)
            elif job.state == "sending":
                books.prints.set_state(job.job_id, "unconfirmed", reason=INTERRUPTED)
        return books.prints.open_questions()


def questions(shop: Shop) -> tuple[PrintJob, ...]:
    """Jobs a person should decide about; those just being sent are not among them."""
    with shop.reading() as books:
        return tuple(job for job in books.prints.open_questions() if job.state != "sending")


def answer(shop: Shop, job_id: str, *, print_again: bool, clock: Clock, ids: Ids) -> PrintJob | None:
    """A person decided about a job: leave it, or print it again. What may be on paper comes again as a counted copy."""
    with shop.writing() as books:
        job = books.prints.get(job_id)
        if job is None or job.asked:
            raise UnknownJob(job_id)
        books.prints.settle(job_id)
        if not print_again:
            return None
        at = clock.now().isoformat()
        if job.kind in ("receipt", "copy") and job.may_have_printed:
            return _copy(books, job.receipt, at, ids=ids, printer=job.printer)
        is_second = job.kind == "z" and job.may_have_printed
        copy = job.copy + is_second
        again = PrintJob(ids.new(), job.kind, job.printer, "queued", at, receipt=job.receipt, copy=copy)
        books.prints.add(again)
        return again


def next_job(shop: Shop, *, printer: str = RECEIPT_PRINTER) -> PrintJob | None:
    """The job to send next: a drawer overtakes paper, for it must not wait behind a printer that has none."""
    with shop.reading() as books:
        waiting = [job for job in books.prints.queued(limit=100) if job.printer == printer]
    drawers = [job for job in waiting if job.kind == "drawer"]
    return next(iter(drawers or waiting), None)


def is_too_old(job: PrintJob, now: datetime) -> bool:
    """True once nobody stands waiting for it any more. A clock set back makes nothing old."""
    most = DRAWER_MAX_AGE if job.kind == "drawer" else PAPER_MAX_AGE
    return now - datetime.fromisoformat(job.created_at) > most


def take(shop: Shop, job_id: str) -> PrintJob | None:
    """Marks a queued job as being sent, committed before its first byte leaves; None if it is queued no more."""
    with shop.writing() as books:
        job = books.prints.get(job_id)
        if job is None or job.state != "queued":
            return None
        books.prints.set_state(job_id, "sending")
        return replace(job, state="sending", reason="")


def hold(shop: Shop, job: PrintJob, reason: str) -> None:
    """Nothing of the job was sent, for `reason`: it stays in the queue."""
    if job.state == "queued" and job.reason == reason:
        return
    with shop.writing() as books:
        books.prints.set_state(job.job_id, "queued", reason=reason)


def finish(shop: Shop, job: PrintJob, state: JobState, *, reason: str = "", asks: bool = True) -> PrintJob:
    """The job came to its end. `asks` False closes it without a question: the printer is known never to answer."""
    # about a drawer nobody needs to be asked: one sees whether it is open
    is_settled = state != "done" and (not asks or job.kind == "drawer")
    with shop.writing() as books:
        books.prints.set_state(job.job_id, state, reason=reason)
        if is_settled:
            books.prints.settle(job.job_id)
    return replace(job, state=state, reason=reason, asked=is_settled)


def _copy(books: Books, receipt: str, at: str, *, ids: Ids, printer: str, by: str = "") -> PrintJob:
    if books.sales.by_receipt(receipt) is None and books.refunds.by_receipt(receipt) is None:
        raise UnknownReceipt(receipt)
    copy = books.sales.count_copy(receipt)
    books.journal.append("receipt.reprinted", {"receipt": receipt, "copy": copy, "by": by}, at=at)
    job = PrintJob(ids.new(), "copy", printer, "queued", at, receipt=receipt, copy=copy)
    books.prints.add(job)
    return job


def _queued(books: Books, jobs: Sequence[PrintJob]) -> tuple[str, ...]:
    for job in jobs:
        books.prints.add(job)
    return tuple(job.job_id for job in jobs)


def _job(kind: JobKind, at: str, *, ids: Ids, printer: str, receipt: str = "") -> PrintJob:
    return PrintJob(ids.new(), kind, printer, "queued", at, receipt)
