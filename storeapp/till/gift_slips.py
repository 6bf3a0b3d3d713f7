"""Paper of a gift for points, now or years later."""

from __future__ import annotations

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.gift import BACK, KIND, code_of
from storeapp.domain.gift_slip import GiftSlip, gift_slip
from storeapp.domain.ledger import points_account
from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt_layout import Row
from storeapp.domain.tender_names import Words
from storeapp.till.gifts import name_of
from storeapp.till.ports import Books
from storeapp.till.slip_facts import moment_of, phone_of
from storeapp.till.slip_sums import moved_and_left


def slip_of(books: Books, job: PrintJob, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows of the slip a job is for; raises UnknownReceipt."""
    txn = books.ledger.txn(job.receipt)
    if txn is None or txn.kind not in (KIND, BACK) or txn.member_id is None:
        raise UnknownReceipt(job.receipt)
    policy = books.policy.in_force()
    moved, left = moved_and_left(books, txn, points_account(txn.member_id), "pts")
    said = GiftSlip(
        shop=policy.text("shop.name"),
        moment=moment_of(policy, txn.at),
        phone=phone_of(books, txn.member_id),
        name=name_of(books, code_of(txn)),
        points=abs(moved),
        left=left,
        is_back=txn.kind == BACK,
    )
    return gift_slip(said, width=width, words=words)
