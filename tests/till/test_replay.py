"""Replaying the receipts of the last days: the days asked for, as they were, and stopped at once when wished."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.priced import Cut, PricedBasket
from storeapp.domain.pricing import price
from storeapp.domain.quantity import Quantity
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till.catalogue import put_products
from storeapp.till.checkout import Order, checkout
from storeapp.till.ports import Books
from storeapp.till.replay import replay_sales
from storeapp.till.replaying import Progress, ReplayStopped
from tests.domain.goods import CUP, STRANGER, TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock

TEAS = Basket((Line(TEA, Quantity(2000)),))


def fifty_off_tea(_books: Books, _sale: Sale, basket: Basket) -> tuple[PricedBasket, PricedBasket]:
    before = price(basket, STRANGER)
    cut = Cut("promotion", Money(50), "茶", "tea")
    lines = tuple(
        replace(line, cuts=(*line.cuts, cut)) if line.line.product.code == TEA.code else line for line in before.lines
    )
    return before, PricedBasket(lines)


def sell(shop: MemoryShop, basket: Basket, clock: StillClock, ids: CountedIds) -> None:
    due = price(basket, STRANGER).total
    checkout(shop, Order(basket, (Tender("cash", due),), "1007"), clock=clock, ids=ids)


def test_the_days_asked_for_are_replayed_and_no_older_ones(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    sell(shop, TEAS, clock, ids)
    clock.go_on(days=1)
    sell(shop, TEAS, clock, ids)
    clock.go_on(days=2)
    sell(shop, Basket((Line(CUP),)), clock, ids)
    progress = Progress()

    three = replay_sales(shop, fifty_off_tea, days=3, clock=clock, progress=progress)
    four = replay_sales(shop, fifty_off_tea, days=4, clock=clock)

    assert (three.sales, three.touched, three.cost.fen) == (2, 1, 50)
    assert (four.sales, four.touched, four.cost.fen) == (3, 2, 100)
    assert (three.first_day, three.last_day) == ("2026-09-29", "2026-10-01")
    assert (progress.done, progress.whole, progress.percent) == (2, 2, 100)


def test_sales_of_a_clock_that_was_ahead_are_not_of_these_days(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    sell(shop, TEAS, clock, ids)
    clock.go_on(days=400)
    sell(shop, TEAS, clock, ids)
    clock.go_on(days=-400)

    assert replay_sales(shop, fifty_off_tea, days=3, clock=clock).sales == 1


def test_a_price_changed_since_does_not_change_the_past(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    sell(shop, TEAS, clock, ids)
    put_products(shop, [replace(TEA, price=Money(9900), cost=Money(300))], clock=clock)

    result = replay_sales(shop, fifty_off_tea, days=1, clock=clock)

    assert (result.before.fen, result.after.fen) == (700, 650)
    assert (result.margin_before.fen, result.margin_after.fen) == (100, 50)


def test_a_replay_stops_when_somebody_wants_it_to(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    sell(shop, TEAS, clock, ids)
    progress = Progress()
    progress.stop()

    with pytest.raises(ReplayStopped):
        replay_sales(shop, fifty_off_tea, days=1, clock=clock, progress=progress)


def test_nothing_sold_is_nothing_found(shop: MemoryShop, clock: StillClock) -> None:
    assert replay_sales(shop, fifty_off_tea, days=30, clock=clock).sales == 0
