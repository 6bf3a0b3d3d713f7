"""Receipt job: from what the queue says is owed to the bytes for one printer."""

from __future__ import annotations

from storeapp.devices.escpos_receipt import build, drawer_kick
from storeapp.devices.printer_profile import PrinterProfile
from storeapp.devices.printer_test_page import test_page
from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt_layout import Row, layout
from storeapp.till import card_slips, debt_slips, gift_slips, shift_slip, value_slips
from storeapp.till.clock import RandomIds
from storeapp.till.ports import Books, Shop
from storeapp.till.refund_slips import paper_behind, paper_of
from storeapp.till.slip_facts import practised
from storeapp.till.unclear_slip import unclear_slip
from storeapp.till.why import slip_of
from storeapp.words import Words, words


def warm_up(profile: PrinterProfile) -> None:
    """Loads what the first receipt needs; for a thread that has time."""
    build((), profile)


def render(shop: Shop, job: PrintJob, profile: PrinterProfile) -> bytes:
    """The bytes of `job`; raises UnknownReceipt, UnknownShift or EmptyBasket if what it is about is no more."""
    if job.kind == "drawer":
        return drawer_kick(profile)
    with shop.reading() as books:
        said = words(books.policy.in_force().text("receipt.language"))
        if job.kind == "test":
            return test_page(profile, words=said)
        slip = _slip(books, job, profile.columns, said)
        if slip is not None:
            return build(practised(books, slip, width=profile.columns), profile)
        receipt = paper_of(books, paper_behind(books, job.receipt), copy=job.copy)
    return build(layout(receipt, paper_columns=profile.columns), profile)


def _slip(books: Books, job: PrintJob, width: int, said: Words) -> tuple[Row, ...] | None:
    """The rows of whatever is no receipt."""
    if job.kind == "why":
        return slip_of(books, job, width=width, ids=RandomIds(), words=said)
    if job.kind == "unclear":
        return unclear_slip(books, job, width=width, words=said)
    if job.kind in ("x", "z"):
        return shift_slip.slip_of(books, job, width=width, words=said)
    if job.kind == "value":
        return value_slips.slip_of(books, job, width=width, words=said)
    if job.kind == "debt":
        return debt_slips.slip_of(books, job, width=width, words=said)
    if job.kind == "card":
        return card_slips.slip_of(books, job, width=width, words=said)
    if job.kind == "gift":
        return gift_slips.slip_of(books, job, width=width, words=said)
    if job.kind == "group":
        # a room of its own, opened when somebody ordered in a group
        from storeapp.till import group_slips

        return group_slips.slip_of(books, job, width=width, words=said)
    if job.kind == "transfer":
        # the same
        from storeapp.till import transfer_slips

        return transfer_slips.slip_of(books, job, width=width, words=said)
    return None
