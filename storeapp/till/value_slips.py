"""Paper of stored value: what a top-up owes, and what stands on it, now or years later."""

from __future__ import annotations

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt_layout import Row
from storeapp.domain.slip_rows import DocSlipFacts
from storeapp.domain.tender_names import Words
from storeapp.domain.value_doc import ValueDoc
from storeapp.domain.value_slip import value_slip
from storeapp.till.ports import Books, Ids
from storeapp.till.printing import owe_slip
from storeapp.till.slip_facts import moment_of, phone_of


def owe(books: Books, doc: ValueDoc, *, ids: Ids) -> tuple[str, ...]:
    """Queues its slip, inside its own transaction; cash opens the drawer first."""
    return owe_slip(books, "value", doc.number, at=doc.at, ids=ids, opens_drawer=doc.tender == "cash")


def slip_of(books: Books, job: PrintJob, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows of the slip a job is for; raises UnknownReceipt."""
    doc = books.values.by_number(job.receipt)
    if doc is None:
        raise UnknownReceipt(job.receipt)
    return rows_of(books, doc, width=width, words=words, copy=job.copy)


def rows_of(books: Books, doc: ValueDoc, *, width: int, words: Words, copy: int = 0) -> tuple[Row, ...]:
    """The slip of a document, on paper of `width` columns."""
    policy = books.policy.in_force()
    facts = DocSlipFacts(
        shop=policy.text("shop.name"),
        moment=moment_of(policy, doc.at),
        phone=phone_of(books, doc.member_id),
        filing=policy.text("stored_value.filing"),
        return_days=policy.whole("stored_value.return_days"),
    )
    return value_slip(doc, facts, width=width, words=words, copy=copy)
