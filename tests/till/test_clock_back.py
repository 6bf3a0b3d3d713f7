"""A clock set back a year in the middle of a day: the till goes on, and the books stay exact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import points_account, principal_account
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender, TenderKind
from storeapp.till import expiring, layers, shifts
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policies
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.top_ups import TopUpOrder, top_up
from tests.fakes.shops import shop_on_disk
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, TEA

HER = ALICE.member_id


@pytest.fixture
def shop(tmp_path: Path, clock: StillClock, ids: CountedIds) -> Iterator[ShopDatabase]:
    made = shop_on_disk(tmp_path, clock=clock, ids=ids)
    with made.writing() as books:
        books.products.put([TEA])
        books.members.put(ALICE)
    rules = {"stored_value.enabled": True, "points.lapse": "days", "points.valid_days": 30}
    set_policies(made, rules, clock=clock)
    yield made
    made.close()


def sold(shop: ShopDatabase, clock: StillClock, ids: CountedIds, kind: TenderKind = "cash", count: int = 10) -> Sale:
    basket = Basket((Line(TEA, Quantity(count * 1000)),), member_id=HER)
    # her price is three yuan
    order = Order(basket, (Tender(kind, Money(300 * count)),), "script", prints=False)
    return checkout(shop, order, clock=clock, ids=ids).sale


def held(shop: ShopDatabase) -> tuple[int, int]:
    with shop.reading() as books:
        return books.ledger.balance(points_account(HER), "pts"), books.ledger.balance(principal_account(HER), "fen")


def test_a_day_with_the_clock_a_year_back_adds_up_all_the_same(
    shop: ShopDatabase, clock: StillClock, ids: CountedIds
) -> None:
    shifts.open_shift(shop, by="script", float_amount=Money(10_000), clock=clock, ids=ids)
    top_up(shop, TopUpOrder(HER, Money(20_000), "cash", "script", prints=False), clock=clock, ids=ids)
    before = sold(shop, clock, ids)

    clock.go_on(days=-365)
    back_then = sold(shop, clock, ids)
    paid = sold(shop, clock, ids, "stored_value")
    # what was sold "in a year" comes back now, and what she earned there is taken
    refund(shop, RefundOrder(before.receipt, "script", "x", prints=False), clock=clock, ids=ids)
    expiring.expire(shop, clock=clock)
    layers.work_the_night(shop, clock=clock)
    assert held(shop) == (60, 17_000)
    assert shop.check() == ()

    clock.go_on(days=365)
    refund(shop, RefundOrder(paid.receipt, "script", "x", prints=False), clock=clock, ids=ids)
    layers.work_the_night(shop, clock=clock)
    closed = shifts.close_shift(shop, {}, by="script", forced=True, clock=clock, ids=ids)

    # the receipts of both days are apart, and what is in the drawer is what came in
    assert before.receipt[:-5] != back_then.receipt[:-5]
    assert held(shop) == (30, 20_000)
    [cash] = [row.expected_fen for row in closed.report.tenders if row.tender == "cash"]
    assert cash == 10_000 + 20_000 + 3_000
    assert shop.check() == ()


def test_points_earned_a_year_back_end_once_and_no_refund_takes_them_again(
    shop: ShopDatabase, clock: StillClock, ids: CountedIds
) -> None:
    clock.go_on(days=-365)
    sale = sold(shop, clock, ids)
    clock.go_on(days=365)

    assert expiring.expire(shop, clock=clock).points == 30
    assert expiring.expire(shop, clock=clock).points == 0
    set_policies(shop, {"refund.days": 3650}, clock=clock)
    refund(shop, RefundOrder(sale.receipt, "script", "x", prints=False), clock=clock, ids=ids)

    assert held(shop)[0] == 0
    assert shop.check() == ()
