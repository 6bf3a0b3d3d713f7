"""Paper of a transfer of stored value, now or years later."""

from __future__ import annotations

from datetime import datetime

from storeapp.domain.member import masked_phone
from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt_layout import Row
from storeapp.domain.sale import UnknownReceipt
from storeapp.domain.tender_names import Words
from storeapp.domain.transfer_slip import TransferSlip, transfer_slip
from storeapp.domain.value_transfer import KIND, moved
from storeapp.till.merging import current
from storeapp.till.moments import in_zone
from storeapp.till.ports import Books


def slip_of(books: Books, job: PrintJob, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows of the slip a job is for; raises UnknownReceipt."""
    txn = books.ledger.txn(job.receipt)
    if txn is None or txn.kind != KIND or txn.member_id is None:
        raise UnknownReceipt(job.receipt)
    policy, (giver, principal, gift) = books.policy.in_force(), moved(txn)
    said = TransferSlip(
        shop=policy.text("shop.name"),
        moment=f"{in_zone(datetime.fromisoformat(txn.at), policy):%Y-%m-%d %H:%M:%S}",
        giver=_phone(books, giver),
        taker=_phone(books, txn.member_id),
        principal=principal,
        gift=gift,
    )
    return transfer_slip(said, width=width, words=words)


def _phone(books: Books, member_id: str) -> str:
    """She may have had herself erased since."""
    member = books.members.by_id(current(books, member_id) or "")
    return "" if member is None else masked_phone(member.phone)
