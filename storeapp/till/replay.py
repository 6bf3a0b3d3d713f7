"""Replaying: the receipts of the last days are priced again, without and with what is on trial."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from storeapp.domain import replay as replays
from storeapp.domain.basket import Basket
from storeapp.domain.priced import PricedBasket
from storeapp.domain.product import Product
from storeapp.domain.replay import Replay, Trial
from storeapp.domain.sale import Sale
from storeapp.errors import Refused
from storeapp.till.moments import today
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.replaying import Progress

DAYS_MOST = 400
# what a past basket costs without and with the promotions on trial, at the moment of its sale
Pricer = Callable[[Books, Sale, Basket], tuple[PricedBasket, PricedBasket]]


def replay_sales(shop: Shop, pricer: Pricer, *, days: int, clock: Clock, progress: Progress | None = None) -> Replay:
    """The last `days` business days, today among them. Raises ReplayStopped.

    It reads one consistent view of the books, so a sale rung up meanwhile is not half in it.
    """
    counted = progress or Progress()
    with shop.reading() as books:
        last = today(books, clock)
        first = last - timedelta(days=min(max(days, 1), DAYS_MOST) - 1)
        counted.whole = sum(books.sales.count_on(day.isoformat())[0] for day in _each_day(first, last))
        until = last.isoformat()
        # a clock that was ahead left sales of days nobody has seen yet
        sales = (sale for sale in books.sales.since(first.isoformat()) if sale.business_date <= until)
        trials = _trials(books, counted.over(sales), pricer)
        return replays.replay(trials, first_day=first.isoformat(), last_day=until)


def _trials(books: Books, sales: Iterator[Sale], pricer: Pricer) -> Iterator[Trial]:
    known: dict[str, Product | None] = {}

    def product_of(code: str) -> Product | None:
        if code not in known:
            known[code] = books.products.by_code(code)
        return known[code]

    for sale in sales:
        try:
            before, after = pricer(books, sale, replays.as_rung_up(sale, product_of))
        except Refused:
            # a receipt from another system may hold what no basket can: it is left out on both sides
            continue
        yield Trial(sale, before, after)


def _each_day(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
