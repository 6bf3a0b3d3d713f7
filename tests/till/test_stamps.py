"""Stamp cards at the till: a day is a stamp, a full row brings its reward once, and it goes back with the goods."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import points_account
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.sale import Sale
from storeapp.domain.stamp import StampCard
from storeapp.domain.tender import Tender
from storeapp.till import coupon_templates, stamp_cards, stamps
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.receipts import receipt_of
from storeapp.till.refunds import RefundOrder, refund
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, TEA, stock

Buy = Callable[..., Sale]
ON = {
    "points.per_yuan": 0,
    "stamps.rules": "2 = points 50; 3 = coupon 2 over 5",
    "stamps.since": "2026-01-01",
    "stamps.least_fen": 350,
    "receipt.language": "en",
}


@pytest.fixture
def shop(bare: Shop, clock: StillClock) -> Shop:
    stock(bare, (TEA,), (ALICE,))
    set_policies(bare, ON, clock=clock)
    return bare


@pytest.fixture
def buy(shop: Shop, clock: StillClock, ids: CountedIds) -> Buy:
    """Alice buys tea, and the next day comes unless she comes again."""

    def do(*coupons: str, pieces: int = 2, days: int = 1, way: str = "cash") -> Sale:
        basket = Basket((Line(TEA, Quantity(1000 * pieces)),), member_id=ALICE.member_id, coupon_codes=coupons)
        asked = Money(300 * pieces - 200 * len(coupons))
        order = Order(basket, (Tender(way, asked),), cashier="1007", prints=False)  # type: ignore[arg-type]  # a way
        sale = checkout(shop, order, clock=clock, ids=ids).sale
        clock.go_on(days=days)
        return sale

    return do


def bring_back(shop: Shop, sale: Sale, clock: StillClock, ids: CountedIds) -> None:
    refund(shop, RefundOrder(sale.receipt, "script", "faulty"), clock=clock, ids=ids)


def points(shop: Shop) -> int:
    with shop.reading() as books:
        return books.ledger.balance(points_account(ALICE.member_id), "pts")


def codes(shop: Shop) -> list[tuple[str, str]]:
    with shop.reading() as books:
        return [(coupon.code, coupon.state) for coupon in books.coupons.of_member(ALICE.member_id)]


def held(shop: Shop) -> StampCard | None:
    with shop.reading() as books:
        return stamp_cards.card(books, ALICE.member_id, books.policy.in_force())


def test_a_row_is_thanked_for_once_however_often_it_is_asked(shop: Shop, clock: StillClock, buy: Buy) -> None:
    buy(days=0)
    buy()
    assert (held(shop), stamps.reward_due(shop, clock=clock)) == (StampCard(1, 3), 0)
    buy()

    assert stamps.reward_due(shop, clock=clock) == 1
    assert stamps.reward_due(shop, clock=clock) == 0
    assert stamps.reward(shop, ALICE.member_id, clock=clock) == ()

    assert (points(shop), held(shop)) == (50, StampCard(2, 3))
    buy()
    [full] = stamps.reward(shop, ALICE.member_id, clock=clock)
    assert (full.stamp, len(codes(shop)), held(shop)) == (3, 1, StampCard(3, 3))
    buy()
    assert held(shop) == StampCard(1, 3)
    buy()
    assert [each.stamp for each in stamps.reward(shop, ALICE.member_id, clock=clock)] == [5]
    assert points(shop) == 100


def test_the_receipt_says_which_stamp_it_is_and_a_small_one_is_none(shop: Shop, clock: StillClock, buy: Buy) -> None:
    first, second = buy(), buy()
    set_policies(shop, {"stamps.least_fen": 601}, clock=clock)
    small = buy()

    with shop.reading() as books:
        rows = [dict(receipt_of(books, sale).member)["Stamps"] for sale in (first, second, small)]
        assert books.sales.by_receipt(second.receipt) == second
    assert rows == ["1 of 3", "2 of 3", "0 of 3"]


def test_what_came_back_is_no_stamp_and_takes_its_reward_along(
    shop: Shop, clock: StillClock, ids: CountedIds, buy: Buy
) -> None:
    buy()
    second = buy()
    stamps.reward_due(shop, clock=clock)

    bring_back(shop, second, clock, ids)
    assert (points(shop), held(shop)) == (0, StampCard(1, 3))
    assert stamps.reward_due(shop, clock=clock) == 0

    buy()
    assert stamps.reward_due(shop, clock=clock) == 1
    assert (points(shop), held(shop)) == (50, StampCard(2, 3))


def test_a_day_with_another_purchase_stays_a_stamp(shop: Shop, clock: StillClock, ids: CountedIds, buy: Buy) -> None:
    buy()
    buy(days=0)
    second = buy()
    stamps.reward_due(shop, clock=clock)

    bring_back(shop, second, clock, ids)

    assert points(shop) == 50


def test_a_coupon_that_has_paid_stays_and_brings_no_second_one(
    shop: Shop, clock: StillClock, ids: CountedIds, buy: Buy
) -> None:
    bought = [buy() for _ in range(3)]
    stamps.reward_due(shop, clock=clock)
    [(code, _state)] = codes(shop)
    buy(code)

    for sale in bought[:2]:
        bring_back(shop, sale, clock, ids)
    assert held(shop) == StampCard(2, 3)
    buy()
    stamps.reward_due(shop, clock=clock)

    with shop.reading() as books:
        of_stamps = books.coupons.all_of_offer("stamps", member_id=ALICE.member_id)
    assert [coupon.state for coupon in of_stamps] == ["redeemed"]


def test_an_unused_coupon_is_void_with_its_stamp(shop: Shop, clock: StillClock, ids: CountedIds, buy: Buy) -> None:
    third = [buy() for _ in range(3)][2]
    stamps.reward_due(shop, clock=clock)

    bring_back(shop, third, clock, ids)

    with shop.reading() as books:
        of_stamps = books.coupons.all_of_offer("stamps", member_id=ALICE.member_id)
    assert [coupon.state for coupon in of_stamps] == ["void"]


def test_a_template_that_is_not_live_waits_until_it_is(shop: Shop, clock: StillClock, buy: Buy) -> None:
    row = {"id": "tea", "name": "茶", "amount_fen": 300, "valid_days": 30}
    coupon_templates.put_templates(shop, (row,), clock=clock)
    set_policies(shop, {"stamps.rules": "1 = template tea"}, clock=clock)
    coupon_templates.end_templates(shop, ("tea",), clock=clock)
    buy()
    assert stamps.reward_due(shop, clock=clock) == 0

    coupon_templates.put_templates(shop, (row | {"amount_fen": 200},), clock=clock)
    assert stamps.reward_due(shop, clock=clock) == 1

    assert stamps.reward_due(shop, clock=clock) == 0
    with shop.reading() as books:
        [given] = stamps.thanked(books, ALICE.member_id)
        coupon = books.coupons.by_id(given.granted.coupon_id)
    assert coupon is not None
    assert (coupon.offer_id, coupon.member_id) == ("tea", ALICE.member_id)


def test_what_she_owes_is_no_visit_before_it_is_paid(shop: Shop, clock: StillClock, buy: Buy) -> None:
    set_policies(shop, {"on_account.enabled": True}, clock=clock)

    sale = buy(way="on_account")

    assert sale.account is not None
    assert (sale.account.stamps, held(shop)) == (0, StampCard(0, 3))


def test_a_shop_without_cards_says_nothing_of_them(shop: Shop, clock: StillClock, buy: Buy) -> None:
    set_policies(shop, {"stamps.since": ""}, clock=clock)
    sale = buy()

    assert (held(shop), stamps.reward_due(shop, clock=clock)) == (None, 0)
    with shop.reading() as books:
        assert "Stamps" not in dict(receipt_of(books, sale).member)
