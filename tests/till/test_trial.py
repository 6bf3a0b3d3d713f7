"""A trial with the real engine: what a promotion would have cost, kept with its version, which then goes live."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.pricing import price
from storeapp.domain.promotion import Limits
from storeapp.domain.promotion_data import as_data, from_data
from storeapp.domain.promotion_version import NotReplayed
from storeapp.domain.quantity import Quantity
from storeapp.domain.tender import Tender
from storeapp.till.catalogue import put_products
from storeapp.till.checkout import Order, checkout
from storeapp.till.promotions import go_live, put_promotions
from storeapp.till.trial import try_out, try_rules
from tests.domain.goods import CUP, STRANGER, TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock

HALF: dict[str, Any] = {"id": "half", "name": "第二件半价", "kind": "nth_percent", "count": 2, "percent_off": 50}
TEAS = Basket((Line(TEA, Quantity(2000)),))


@pytest.fixture
def sold(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> MemoryShop:
    """Two receipts of two teas, and one of a cup."""
    put_products(shop, [TEA, CUP], clock=clock)
    for basket in (TEAS, TEAS, Basket((Line(CUP),))):
        due = price(basket, STRANGER).total
        checkout(shop, Order(basket, (Tender("cash", due),), "1007"), clock=clock, ids=ids)
    return shop


def test_what_a_promotion_would_have_cost_is_kept_and_lets_it_go_live(sold: MemoryShop, clock: StillClock) -> None:
    put_promotions(sold, (HALF,), clock=clock)
    with pytest.raises(NotReplayed):
        go_live(sold, ("half",), clock=clock)

    result = try_out(sold, "half", days=1, clock=clock)

    assert (result.sales, result.touched) == (3, 2)
    assert result.cost.fen == 2 * (TEA.price.fen // 2)
    [live] = go_live(sold, ("half",), clock=clock)
    assert live.state == "live"


def test_rules_changed_since_are_tried_anew(sold: MemoryShop, clock: StillClock) -> None:
    put_promotions(sold, (HALF,), clock=clock)
    try_out(sold, "half", days=1, clock=clock)
    clock.go_on(minutes=1)
    put_promotions(sold, (HALF | {"percent_off": 90},), clock=clock)

    with pytest.raises(NotReplayed):
        go_live(sold, ("half",), clock=clock)


def test_what_is_live_already_counts_on_both_sides_and_its_old_version_does_not(
    sold: MemoryShop, clock: StillClock
) -> None:
    put_promotions(sold, (HALF,), clock=clock)
    go_live(sold, ("half",), clock=clock, unreplayed=True)

    beside = try_rules(
        sold, ({"id": "cheap", "name": "九折", "kind": "percent", "percent_off": 10},), days=1, clock=clock
    )
    instead = try_rules(sold, (HALF | {"percent_off": 60},), days=1, clock=clock)

    assert beside.before.fen == instead.before.fen - 2 * (TEA.price.fen // 2)
    assert instead.cost.fen == 2 * (TEA.price.fen * 60 // 100)


def test_a_limit_of_the_day_holds_over_the_receipts_of_the_day(sold: MemoryShop, clock: StillClock) -> None:

    once = as_data(replace(from_data(HALF), limits=Limits(per_day=1)))

    result = try_rules(sold, (once,), days=1, clock=clock)

    assert result.touched == 1
