"""Why this price, on paper: owed to the printer like any other job, set when its turn comes."""

from __future__ import annotations

from datetime import datetime

from storeapp.domain import price_steps as steps
from storeapp.domain.basket import EmptyBasket
from storeapp.domain.basket_data import from_data
from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.price_slip import price_slip
from storeapp.domain.price_steps import Explained, Words
from storeapp.domain.printing import PrintJob
from storeapp.domain.receipt_layout import Row
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.printing import RECEIPT_PRINTER
from storeapp.till.quoting import quote


def owe_why(shop: Shop, receipt: str, *, clock: Clock, ids: Ids, printer: str = RECEIPT_PRINTER) -> PrintJob:
    """The steps of a receipt's prices, or, for "", of the basket at the counter. Raises UnknownReceipt."""
    with shop.writing() as books:
        if receipt and books.sales.by_receipt(receipt) is None:
            raise UnknownReceipt(receipt)
        job = PrintJob(ids.new(), "why", printer, "queued", clock.now().isoformat(), receipt=receipt)
        books.prints.add(job)
        return job


def slip_of(books: Books, job: PrintJob, *, width: int, ids: Ids, words: Words) -> tuple[Row, ...]:
    """The rows of the slip `job` owes; raises UnknownReceipt, or EmptyBasket when the basket has gone meanwhile."""
    at = datetime.fromisoformat(job.created_at)
    parts = _of_receipt(books, job.receipt, words) if job.receipt else _of_basket(books, at, ids, words)
    facts = (books.policy.in_force().text("shop.name"), job.receipt, f"{at:%Y-%m-%d %H:%M}")
    return price_slip(words.t("Price steps"), facts, parts, width=width)


def _of_receipt(books: Books, receipt: str, words: Words) -> tuple[Explained, ...]:
    sale = books.sales.by_receipt(receipt)
    if sale is None:
        raise UnknownReceipt(receipt)
    return (*(steps.of_sold(line, words) for line in sale.lines), steps.of_sale(sale, words))


def _of_basket(books: Books, at: datetime, ids: Ids, words: Words) -> tuple[Explained, ...]:
    data = books.baskets.current()
    basket = None if data is None else from_data(data)
    if basket is None or not basket.lines:
        raise EmptyBasket
    priced = quote(books, basket, at=at, ids=ids).priced
    return (*(steps.of_line(line, words) for line in priced.lines), steps.of_basket(priced, words))
