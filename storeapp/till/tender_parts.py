"""Parts of a payment: what the checkout would refuse of them, said before anybody is asked for more money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from storeapp.domain.voucher import VoucherUsed, numbered
from storeapp.till import member_account
from storeapp.till.moments import day_of, in_zone
from storeapp.till.ports import Books


def check_parts(books: Books, tenders: Sequence[Tender], member_id: str | None, asked: Money, *, at: datetime) -> None:
    """Whether these may pay some of `asked`; raises what the checkout would, but for whether they are enough."""
    policy = books.policy.in_force()
    for tender in numbered(tenders):
        if tender.kind == "coupon" and (taken := books.vouchers.receipt_of(tender.ref)):
            raise VoucherUsed(tender.ref, taken)
    member_account.check(books, tenders, member_id, policy)
    if member_id is not None:
        on = day_of(in_zone(at, policy), policy)
        member_account.spend(books, member_id, asked, tenders, on=on, policy=policy)
