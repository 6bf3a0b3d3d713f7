"""Stock: what should be left of what was counted, by the sales, returns and gifts of this till since."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from storeapp.domain.gift import BACK, gift_account
from storeapp.domain.product import Product
from storeapp.domain.sale import Sale, SaleLine
from storeapp.till.moments import today
from storeapp.till.ports import Books, Clock, Shop

_EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Stock:
    """Of one product, in thousandths of its own unit: a case that was sold counts as the bottles in it."""

    product: Product
    counted_at: str
    sold_milli: int = 0
    back_milli: int = 0

    @property
    def left_milli(self) -> int:
        return (self.product.stock_milli or 0) - self.sold_milli + self.back_milli


def stock_now(shop: Shop, *, clock: Clock) -> tuple[Stock, ...]:
    """Every product with a counted stock, by code. History from another system has left the shelf long ago."""
    with shop.reading() as books:
        found = _counted(books, None, today(books, clock))
    return tuple(found[code] for code in sorted(found))


def pieces_left(books: Books, codes: Collection[str], *, on: date) -> dict[str, int]:
    """Whole pieces that should be left of those of these products somebody has counted."""
    return {code: stock.left_milli // 1000 for code, stock in _counted(books, codes, on).items()}


def milli_left(books: Books, codes: Collection[str], *, on: date) -> dict[str, int]:
    """The same in thousandths."""
    return {code: stock.left_milli for code, stock in _counted(books, codes, on).items()}


def _counted(books: Books, codes: Collection[str] | None, on: date) -> dict[str, Stock]:
    found = {
        product.code: Stock(product, at)
        for product, at in books.products.counted()
        if codes is None or product.code in codes
    }
    if not found:
        return {}
    # a count and the business day of the sales after it may be a day apart
    first = min(datetime.fromisoformat(stock.counted_at) for stock in found.values()).date() - timedelta(days=1)
    for sale in books.sales.since(first.isoformat()):
        if sale.token:
            for line in sale.lines:
                _move(found, line.base or line.code, at=sale.at, sold=line.quantity_milli * line.pack)
    for line, at, milli in _brought_back(books, first, on):
        _move(found, line.base or line.code, at=at, back=milli * line.pack)
    for code in tuple(found):
        for txn in books.ledger.history(gift_account(code), limit=_EVERY):
            is_back = txn.kind == BACK
            _move(found, code, at=txn.at, sold=0 if is_back else 1000, back=1000 if is_back else 0)
    return found


def _brought_back(books: Books, first: date, last: date) -> Iterator[tuple[SaleLine, str, int]]:
    """Lines of which something went back on the shelf, when, and how much."""
    sales: dict[str, Sale | None] = {}
    for number in range((last - first).days + 1):
        for refund in books.refunds.on((first + timedelta(days=number)).isoformat()):
            if refund.sale_receipt not in sales:
                sales[refund.sale_receipt] = books.sales.by_receipt(refund.sale_receipt)
            sale = sales[refund.sale_receipt]
            sold = {line.number: line for line in sale.lines} if sale is not None else {}
            for back in refund.lines:
                if back.restock and back.line in sold:
                    yield sold[back.line], refund.at, back.quantity_milli


def _move(found: dict[str, Stock], code: str, *, at: str, sold: int = 0, back: int = 0) -> None:
    stock = found.get(code)
    if stock is None or datetime.fromisoformat(at) < datetime.fromisoformat(stock.counted_at):
        return
    found[stock.product.code] = replace(stock, sold_milli=stock.sold_milli + sold, back_milli=stock.back_milli + back)
