"""Paper of cards: what a sale of one owes, and what stands on it, now or years later."""

from __future__ import annotations

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.card_doc import CardDoc
from storeapp.domain.card_slip import CardSlipFacts, card_slip
from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt_layout import Row
from storeapp.domain.tender_names import Words
from storeapp.till.ports import Books, Ids
from storeapp.till.printing import owe_slip
from storeapp.till.slip_facts import moment_of, phone_of


def owe(books: Books, doc: CardDoc, *, ids: Ids) -> tuple[str, ...]:
    """Queues its slip, inside its own transaction; cash opens the drawer first."""
    by_cash = doc.tender == "cash" and doc.money_fen > 0
    return owe_slip(books, "card", doc.number, at=doc.at, ids=ids, opens_drawer=by_cash)


def slip_of(books: Books, job: PrintJob, *, width: int, words: Words) -> tuple[Row, ...]:
    """The rows of the slip a job is for; raises UnknownReceipt."""
    doc = books.cards.by_number(job.receipt)
    if doc is None:
        raise UnknownReceipt(job.receipt)
    return rows_of(books, doc, width=width, words=words, copy=job.copy)


def rows_of(books: Books, doc: CardDoc, *, width: int, words: Words, copy: int = 0) -> tuple[Row, ...]:
    """The slip of a document, on paper of `width` columns."""
    policy = books.policy.in_force()
    goods = [books.products.by_code(code) for code in doc.kind.goods]
    facts = CardSlipFacts(
        shop=policy.text("shop.name"),
        moment=moment_of(policy, doc.at),
        phone=phone_of(books, doc.member_id),
        goods=tuple(product.name for product in goods if product is not None),
        filing=policy.text("stored_value.filing"),
        return_days=policy.whole("cards.return_days"),
        grace_days=policy.whole("cards.grace_days"),
    )
    return card_slip(doc, facts, width=width, words=words, copy=copy)
