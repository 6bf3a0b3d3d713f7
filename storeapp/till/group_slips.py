"""Pick-up slips: owed to the printer, now or as often as somebody asks, and what stands on one."""

from __future__ import annotations

from collections.abc import Sequence

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.group_order import GroupOrder
from storeapp.domain.group_slip import PickupSlip, pickup_slip
from storeapp.domain.member import masked_name, masked_phone
from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt_layout import Row
from storeapp.domain.tender_names import Words
from storeapp.till import group_sheets
from storeapp.till.group_orders import person_shown
from storeapp.till.group_picking import own_behind
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.printing import RECEIPT_PRINTER


def owe(shop: Shop, codes: Sequence[str], *, clock: Clock, ids: Ids) -> tuple[str, ...]:
    """The slips of these orders are owed; raises what `own_behind` does, and then none is."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        orders = [own_behind(books, code) for code in codes]
        jobs = [PrintJob(ids.new(), "group", RECEIPT_PRINTER, "queued", at, receipt=order.order_id) for order in orders]
        for job in jobs:
            books.prints.add(job)
        return tuple(job.job_id for job in jobs)


def rows_of(books: Books, order: GroupOrder, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows of an order's slip."""
    return pickup_slip(paper(books, order), width=width, words=words)


def slip_of(books: Books, job: PrintJob, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows of the slip a job is for; raises UnknownReceipt."""
    order = books.groups.order(job.receipt)
    if order is None:
        raise UnknownReceipt(job.receipt)
    return rows_of(books, order, width=width, words=words)


def paper(books: Books, order: GroupOrder) -> PickupSlip:
    """What stands on the slip of an order."""
    sheet = group_sheets.known(books, order.sheet_id)
    name, phone = person_shown(books, order)
    # a paper that lies about names nobody in full
    shown_name = masked_name(name) if order.member_id is not None else name
    who = " ".join(filter(None, (shown_name, masked_phone(phone) if phone else "")))
    first, last = sheet.pickup_from, sheet.pickup_until
    return PickupSlip(
        shop=books.policy.in_force().text("shop.name"),
        sheet=sheet.name,
        who=who,
        fetched=f"{first:%m-%d %H:%M} – {last:%m-%d %H:%M}",
        order=order,
    )
