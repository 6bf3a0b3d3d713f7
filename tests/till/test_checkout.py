"""Checkout: a basket becomes a sale with everything that belongs to it, or nothing happens."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from storeapp.domain.basket import Basket, EmptyBasket, Line
from storeapp.domain.capture import check
from storeapp.domain.coupon import CouponNotValid, CouponUsed, UnknownCoupon
from storeapp.domain.journal import verify
from storeapp.domain.ledger import points_account
from storeapp.domain.money import Money
from storeapp.domain.quantity import quantity
from storeapp.domain.sale import RequestReused, Sale, from_body
from storeapp.domain.tender import BadTender, Tender, TenderShort
from storeapp.till.baskets import keep, park, parked, recall, unfinished
from storeapp.till.checkout import Order, checkout
from storeapp.till.loop import loop_report
from storeapp.till.members import SignUp, sign_up
from storeapp.till.new_shop import new_device
from storeapp.till.policies import set_policies, set_policy
from tests.domain.goods import CUP, TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock

OFFER = {"offer.enabled": True, "offer.headline": "下次立减5元", "offer.amount_fen": 500}


def order(
    *lines: Line, cash: int = 10_000, member_id: str | None = None, coupons: tuple[str, ...] = (), **more: Any
) -> Order:
    basket = Basket(lines or (Line(TEA, quantity("2")),), member_id=member_id, coupon_codes=coupons)
    return Order(basket, (Tender("cash", Money(cash)),), cashier="1007", **more)


@pytest.fixture
def alice(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> str:
    return sign_up(shop, SignUp("13800000001", "王芳"), cashier="1007", clock=clock, ids=ids).member_id


def nothing_changed(shop: MemoryShop, before: int) -> bool:
    with shop.reading() as books:
        return books.journal.head()[0] == before and books.sales.last() is None


def head(shop: MemoryShop) -> int:
    with shop.reading() as books:
        return books.journal.head()[0]


def test_a_sale_has_its_number_token_change_and_print_job(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    done = checkout(shop, order(), clock=clock, ids=ids)

    assert (done.sale.receipt, done.sale.total, done.sale.change) == ("S01-1-20260928-0001", Money(700), Money(9300))
    with shop.reading() as books:
        key = books.device.capture_key
        assert {job.kind for job in books.prints.queued()} == {"drawer", "receipt"}
        assert books.sales.by_receipt(done.sale.receipt) == done.sale
    assert check(done.sale.token, key).day == date(2026, 9, 28)


def test_the_journal_holds_the_sale_and_the_chain_verifies(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    done = checkout(shop, order(), clock=clock, ids=ids)

    with shop.reading() as books:
        entries = books.journal.after(0)
        assert verify(entries) == books.journal.head()
    assert entries[-1].type == "sale"
    assert from_body(json.loads(entries[-1].body)) == done.sale


def test_points_are_legs_of_the_sale(shop: MemoryShop, clock: StillClock, ids: CountedIds, alice: str) -> None:
    done = checkout(shop, order(Line(CUP), member_id=alice), clock=clock, ids=ids)

    assert (done.sale.points_earned, done.sale.points_balance) == (29, 29)
    with shop.reading() as books:
        assert books.ledger.balance(points_account(alice), "pts") == 29
        assert [(lot.amount, lot.remaining) for lot in books.ledger.lots(alice)] == [(29, 29)]


def test_takings_are_booked_without_the_change(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    checkout(shop, order(), clock=clock, ids=ids)

    with shop.reading() as books:
        assert books.ledger.balance("tender.cash:1", "fen") == 700
        assert books.ledger.balance("rev.sales", "fen") == -700


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (order(cash=699), TenderShort),
        (replace(order(), basket=Basket()), EmptyBasket),
        (order(coupons=("7F3K9Q2M",)), UnknownCoupon),
        (replace(order(), tenders=(Tender("simulated", Money(700)),)), BadTender),
    ],
)
def test_a_refused_sale_leaves_nothing_behind(
    shop: MemoryShop, clock: StillClock, ids: CountedIds, wrong: Order, refusal: type[Exception]
) -> None:
    before = head(shop)

    with pytest.raises(refusal):
        checkout(shop, wrong, clock=clock, ids=ids)

    assert nothing_changed(shop, before)


def test_a_demo_shop_takes_pretended_money(clock: StillClock, ids: CountedIds) -> None:
    shop = MemoryShop(new_device(ids, store="S01", till="1", is_demo=True), ids=ids)
    paid = replace(order(), tenders=(Tender("simulated", Money(700), "SIM1"),))

    assert checkout(shop, paid, clock=clock, ids=ids).sale.tenders[0].kind == "simulated"


def test_the_same_request_again_is_the_same_sale(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    first = checkout(shop, order(request_id="b1", request_hash="h"), clock=clock, ids=ids)
    again = checkout(shop, order(request_id="b1", request_hash="h"), clock=clock, ids=ids)

    assert again.was_repeated
    assert again.sale == first.sale
    with shop.reading() as books:
        assert books.sales.count_on("2026-09-28") == (1, 700)


def test_the_same_request_with_other_content_is_refused(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    checkout(shop, order(request_id="b1", request_hash="h"), clock=clock, ids=ids)

    with pytest.raises(RequestReused):
        checkout(shop, order(request_id="b1", request_hash="other"), clock=clock, ids=ids)


def test_receipts_are_numbered_by_business_day(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    set_policy(shop, "day.cutoff_hour", 4, clock=clock)
    late = datetime(2026, 9, 29, 3, 0, tzinfo=clock.moment.tzinfo)

    numbers = [
        checkout(shop, order(at=at), clock=clock, ids=ids).sale.receipt
        for at in (clock.moment, late, late.replace(hour=5))
    ]

    assert numbers == ["S01-1-20260928-0001", "S01-1-20260928-0002", "S01-1-20260929-0001"]


def test_a_moment_without_offset_is_meant_in_the_shops_zone(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    done = checkout(shop, order(at=datetime(2026, 9, 28, 11, 53, 26)), clock=clock, ids=ids)

    assert done.sale.at == "2026-09-28T11:53:26+08:00"


def redeemable(shop: MemoryShop, clock: StillClock, ids: CountedIds, **more: Any) -> Sale:
    set_policies(shop, OFFER, clock=clock)
    return checkout(shop, order(**more), clock=clock, ids=ids).sale


def test_without_a_cloud_the_receipts_own_code_is_a_coupon_next_day(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    code = redeemable(shop, clock, ids).redeem_code
    clock.go_on(days=1)

    done = checkout(shop, order(Line(CUP), coupons=(code.lower(),)), clock=clock, ids=ids)

    assert (done.sale.total, done.sale.coupon_discount) == (Money(2400), Money(500))


def test_the_code_is_not_good_on_the_same_day(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    code = redeemable(shop, clock, ids).redeem_code

    with pytest.raises(CouponNotValid):
        checkout(shop, order(Line(CUP), coupons=(code,)), clock=clock, ids=ids)


def test_the_paper_of_a_sale_dated_before_the_offer_keeps_its_promise(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    set_policies(shop, OFFER, clock=clock)
    at = clock.now() - timedelta(days=3)
    code = checkout(shop, order(at=at), clock=clock, ids=ids).sale.redeem_code

    redeemed = checkout(shop, order(coupons=(code,)), clock=clock, ids=ids).sale

    assert redeemed.total == Money(200)


def test_a_code_is_redeemed_exactly_once(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    code = redeemable(shop, clock, ids).redeem_code
    clock.go_on(days=1)
    checkout(shop, order(Line(CUP), coupons=(code,)), clock=clock, ids=ids)

    with pytest.raises(CouponUsed):
        checkout(shop, order(Line(CUP), coupons=(code,)), clock=clock, ids=ids)


def test_a_member_redeems_one_coupon_of_an_offer(
    shop: MemoryShop, clock: StillClock, ids: CountedIds, alice: str
) -> None:
    codes = [redeemable(shop, clock, ids).redeem_code for _ in range(2)]
    clock.go_on(days=1)
    checkout(shop, order(Line(CUP), coupons=(codes[0],), member_id=alice), clock=clock, ids=ids)

    with pytest.raises(CouponUsed):
        checkout(shop, order(Line(CUP), coupons=(codes[1],), member_id=alice), clock=clock, ids=ids)


def test_a_redeemed_coupon_leaves_its_account_empty(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    code = redeemable(shop, clock, ids).redeem_code
    clock.go_on(days=1)
    used = checkout(shop, order(Line(CUP), coupons=(code,)), clock=clock, ids=ids).sale.coupons[0]

    with shop.reading() as books:
        assert books.ledger.balance(f"coupon:{used.coupon_id}", "coupon") == 0
        assert books.ledger.balance("coupon.redeemed", "coupon") == 1


def test_a_code_of_an_offer_that_was_off_that_day_is_nothing(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    assert checkout(shop, order(), clock=clock, ids=ids).sale.redeem_code == ""


def test_the_loop_is_read_from_print_to_second_visit(
    shop: MemoryShop, clock: StillClock, ids: CountedIds, alice: str
) -> None:
    code = redeemable(shop, clock, ids, member_id=alice).redeem_code
    clock.go_on(days=1)
    checkout(shop, order(Line(CUP), coupons=(code,), member_id=alice), clock=clock, ids=ids)
    clock.go_on(days=1)
    checkout(shop, order(member_id=alice), clock=clock, ids=ids)

    report = loop_report(shop)

    assert (report.whole.printed, report.whole.claimed, report.whole.redeemed, report.whole.bought_again) == (
        3,
        1,
        1,
        1,
    )
    assert report.per_cashier[0][0] == "1007"
    assert loop_report(shop, business_date="2026-09-30").whole.redeemed == 0


def test_the_unfinished_basket_is_there_until_it_is_paid(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    basket = Basket((Line(TEA),))
    keep(shop, basket)

    assert unfinished(shop) == basket
    checkout(shop, order(), clock=clock, ids=ids)
    assert unfinished(shop) is None


def test_a_parked_basket_comes_back_once(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    basket = Basket((Line(TEA),))
    aside = park(shop, basket, total=Money(350), cashier="1007", label="蓝衣", clock=clock, ids=ids)

    assert unfinished(shop) is None
    assert [entry.label for entry in parked(shop)] == ["蓝衣"]
    assert recall(shop, aside.parked_id, clock=clock, ids=ids) == basket
    assert recall(shop, aside.parked_id, clock=clock, ids=ids) is None
