"""Paper of cards: what a sale of one owes, and what stands on it, now or years later."""

from __future__ import annotations

from datetime import datetime

from storeapp.domain.card_doc import CardDoc
from storeapp.domain.card_slip import CardSlipFacts, card_slip
from storeapp.domain.member import masked_phone
from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt_layout import Row
from storeapp.domain.sale import UnknownReceipt
from storeapp.domain.tender_names import Words
from storeapp.till.moments import in_zone
from storeapp.till.ports import Books, Ids
from storeapp.till.printing import RECEIPT_PRINTER


def owe(books: Books, doc: CardDoc, *, ids: Ids, printer: str = RECEIPT_PRINTER) -> tuple[str, ...]:
    """Queues what it owes, inside its own transaction: the drawer first if it is cash, then the slip."""
    jobs = [PrintJob(ids.new(), "card", printer, "queued", doc.at, receipt=doc.number)]
    if doc.tender == "cash" and doc.money_fen:
        jobs.insert(0, PrintJob(ids.new(), "drawer", printer, "queued", doc.at))
    for job in jobs:
        books.prints.add(job)
    return tuple(job.job_id for job in jobs)


def slip_of(books: Books, job: PrintJob, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows of the slip a job is for; raises UnknownReceipt."""
    doc = books.cards.by_number(job.receipt)
    if doc is None:
        raise UnknownReceipt(job.receipt)
    return rows_of(books, doc, width=width, words=words, copy=job.copy)


def rows_of(books: Books, doc: CardDoc, *, width: int, words: Words, copy: int = 0) -> tuple[Row, ...]:
    """The slip of a document, on paper of `width` columns."""
    policy = books.policy.in_force()
    member = books.members.by_id(books.members.merged_into(doc.member_id) or doc.member_id)
    goods = [books.products.by_code(code) for code in doc.kind.goods]
    facts = CardSlipFacts(
        shop=policy.text("shop.name"),
        moment=f"{in_zone(datetime.fromisoformat(doc.at), policy):%Y-%m-%d %H:%M:%S}",
        # she may have had herself erased since
        phone="" if member is None else masked_phone(member.phone),
        goods=tuple(product.name for product in goods if product is not None),
        filing=policy.text("stored_value.filing"),
        return_days=policy.whole("cards.return_days"),
        grace_days=policy.whole("cards.grace_days"),
    )
    return card_slip(doc, facts, width=width, words=words, copy=copy)
