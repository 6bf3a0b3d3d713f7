"""Paper of a transfer of stored value, now or years later."""

from __future__ import annotations

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt_layout import Row
from storeapp.domain.tender_names import Words
from storeapp.domain.transfer_slip import TransferSlip, transfer_slip
from storeapp.domain.value_transfer import KIND, moved
from storeapp.till.ports import Books
from storeapp.till.slip_facts import moment_of, phone_of


def slip_of(books: Books, job: PrintJob, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows of the slip a job is for; raises UnknownReceipt."""
    txn = books.ledger.txn(job.receipt)
    if txn is None or txn.kind != KIND or txn.member_id is None:
        raise UnknownReceipt(job.receipt)
    policy, (giver, principal, gift) = books.policy.in_force(), moved(txn)
    said = TransferSlip(
        shop=policy.text("shop.name"),
        moment=moment_of(policy, txn.at),
        giver=phone_of(books, giver),
        taker=phone_of(books, txn.member_id),
        principal=principal,
        gift=gift,
    )
    return transfer_slip(said, width=width, words=words)
