"""A coupon that is being paid with, or lies in a basket put aside, is nobody else's; and it is free again in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.domain.attempt import AttemptState
from storeapp.domain.basket import Basket, Line
from storeapp.domain.coupon import CouponUsed
from storeapp.domain.coupon_hold import COUNTER, RESERVED, CouponReserved, Hold, parked
from storeapp.domain.ledger import coupon_account
from storeapp.domain.money import Money
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till import coupon_holds
from storeapp.till.baskets import drop, park, recall
from storeapp.till.checkout import Order, checkout
from storeapp.till.coupon_issue import issue_coupons
from storeapp.till.coupon_templates import put_templates
from storeapp.till.coupon_void import void
from storeapp.till.policies import set_policies, set_policy
from storeapp.till.ports import Shop
from storeapp.till.quoting import quote
from storeapp.till.records import Attempt
from storeapp.till.script import sell_one
from tests.domain.goods import CUP, TEA
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, stock

TEMPLATE = {"id": "tea", "name": "茶券", "amount_fen": 500, "valid_days": 30}


@pytest.fixture
def stocked(bare: Shop, clock: StillClock) -> Shop:
    stock(bare, (TEA, CUP), (ALICE,))
    put_templates(bare, (TEMPLATE,), clock=clock)
    return bare


@pytest.fixture
def basket(stocked: Shop, clock: StillClock, ids: CountedIds) -> Basket:
    [made] = issue_coupons(stocked, ({"template": "tea"},), clock=clock, ids=ids)
    return Basket((Line(TEA), Line(CUP)), coupon_codes=(made.code,))


def priced(shop: Shop, basket: Basket, clock: StillClock, ids: CountedIds, *, holder: str = COUNTER) -> Money:
    with shop.reading() as books:
        return quote(books, basket, at=clock.now(), ids=ids, holder=holder).priced.coupon_discount


def pays(shop: Shop, basket: Basket, clock: StillClock, ids: CountedIds, sale_id: str = "") -> None:
    coupon_holds.reserve_at_counter(shop, basket, sale_id=sale_id, clock=clock, ids=ids)


def sold(shop: Shop, basket: Basket, clock: StillClock, ids: CountedIds, *, from_counter: bool = True) -> Sale:
    order = Order(basket, (Tender("cash", Money(10_000)),), "1007", prints=False, from_counter=from_counter)
    return checkout(shop, order, clock=clock, ids=ids).sale


def aside(shop: Shop, basket: Basket, clock: StillClock, ids: CountedIds) -> str:
    return park(shop, basket, total=Money(0), cashier="1007", label="", clock=clock, ids=ids).parked_id


def held(shop: Shop) -> tuple[Hold, ...]:
    with shop.reading() as books:
        return books.coupon_holds.every()


def reserved(shop: Shop) -> int:
    with shop.reading() as books:
        return books.ledger.balance(RESERVED, "coupon")


def is_exact(shop: Shop) -> bool:
    """What the check says of coupons, where there is a file to check; and one is reserved for each hold."""
    found = [each for each in shop.check() if "coupon" in each.word] if isinstance(shop, ShopDatabase) else []
    return not found and reserved(shop) == sum(bool(hold.txn_id) for hold in held(shop))


def test_who_pays_has_the_coupon_and_a_second_basket_hears_at_once(
    stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds
) -> None:
    pays(stocked, basket, clock, ids)

    with pytest.raises(CouponReserved) as refused:
        sold(stocked, basket, clock, ids, from_counter=False)

    assert (refused.value.code, refused.value.where) == (basket.coupon_codes[0], "counter")
    assert priced(stocked, basket, clock, ids) == Money(500)
    assert (reserved(stocked), is_exact(stocked)) == (1, True)


def test_the_sale_ends_the_hold_and_the_coupon_is_redeemed_once(
    stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds
) -> None:
    pays(stocked, basket, clock, ids)
    pays(stocked, basket, clock, ids)

    sale = sold(stocked, basket, clock, ids)

    assert [use.amount for use in sale.coupons] == [Money(500)]
    assert (held(stocked), reserved(stocked), is_exact(stocked)) == ((), 0, True)
    with stocked.reading() as books:
        assert books.ledger.balance(coupon_account(sale.coupons[0].coupon_id), "coupon") == 0
    with pytest.raises(CouponUsed):
        sold(stocked, basket, clock, ids)


def test_a_payment_that_is_left_frees_it(stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds) -> None:
    pays(stocked, basket, clock, ids)

    coupon_holds.let_go(stocked, COUNTER, clock=clock, ids=ids)

    assert (held(stocked), reserved(stocked), is_exact(stocked)) == ((), 0, True)
    assert sold(stocked, basket, clock, ids, from_counter=False).coupons


def test_a_coupon_that_is_taken_off_while_paying_is_free(
    stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds
) -> None:
    pays(stocked, basket, clock, ids)

    pays(stocked, replace(basket, coupon_codes=()), clock, ids)

    assert (held(stocked), is_exact(stocked)) == ((), True)


def test_a_basket_put_aside_keeps_its_coupon_until_it_is_taken_back_or_dropped(
    stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds
) -> None:
    pays(stocked, basket, clock, ids)
    parked_id = aside(stocked, basket, clock, ids)
    with pytest.raises(CouponReserved) as refused:
        priced(stocked, basket, clock, ids)

    assert recall(stocked, parked_id, clock=clock, ids=ids) == basket

    assert (refused.value.where, held(stocked)) == ("parked", ())
    assert priced(stocked, basket, clock, ids) == Money(500)
    again = aside(stocked, basket, clock, ids)
    assert [hold.holder for hold in held(stocked)] == [parked(again)]
    drop(stocked, again, clock=clock, ids=ids)
    assert (held(stocked), is_exact(stocked)) == ((), True)


def test_a_basket_put_aside_does_not_take_what_another_has(
    stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds
) -> None:
    first = aside(stocked, basket, clock, ids)

    aside(stocked, basket, clock, ids)

    assert [hold.holder for hold in held(stocked)] == [parked(first)]


def test_without_hours_a_basket_put_aside_keeps_nothing(
    stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds
) -> None:
    set_policy(stocked, "coupon.parked_hours", 0, clock=clock)

    aside(stocked, basket, clock, ids)

    assert held(stocked) == ()


def test_a_lease_runs_out_and_the_next_basket_takes_it(
    stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds
) -> None:
    aside(stocked, basket, clock, ids)
    clock.go_on(days=1)

    sale = sold(stocked, basket, clock, ids)

    assert sale.coupons
    assert (held(stocked), reserved(stocked), is_exact(stocked)) == ((), 0, True)


@pytest.mark.parametrize(
    ("state", "used_by", "is_free"),
    [("sent", "", False), ("paid", "", False), ("suspense", "", False), ("failed", "", True), ("paid", "other", True)],
)
def test_no_lease_runs_out_while_money_is_on_its_way(
    stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds, state: AttemptState, used_by: str, is_free: bool
) -> None:
    sale_id = ids.new()
    pays(stocked, basket, clock, ids, sale_id)
    attempt = Attempt(ids.new(), sale_id, "simulated", 2_000, "sent", clock.now().isoformat(), trade_number=sale_id)
    with stocked.writing() as books:
        books.attempts.put(replace(attempt, state=state, used_by=used_by))
    clock.go_on(days=1)

    with stocked.reading() as books:
        code = basket.coupon_codes[0]
        assert coupon_holds.is_free(books, code, holder="", now=clock.now()) is is_free


def test_after_a_start_only_what_somebody_holds_is_held(
    stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds
) -> None:
    pays(stocked, basket, clock, ids)

    assert coupon_holds.sweep(stocked, is_paying=True, clock=clock, ids=ids) == 0
    assert coupon_holds.sweep(stocked, is_paying=False, clock=clock, ids=ids) == 1
    aside(stocked, basket, clock, ids)
    assert coupon_holds.sweep(stocked, is_paying=False, clock=clock, ids=ids) == 0
    clock.go_on(days=2)
    assert coupon_holds.sweep(stocked, is_paying=False, clock=clock, ids=ids) == 1
    assert (held(stocked), is_exact(stocked)) == ((), True)


def test_a_clock_set_back_a_year_frees_nothing_and_loses_nothing(
    stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds
) -> None:
    parked_id = aside(stocked, basket, clock, ids)
    clock.go_on(days=-365)

    with stocked.reading() as books, pytest.raises(CouponReserved):
        coupon_holds.check(books, basket.coupon_codes, holder=COUNTER, now=clock.now())
    recall(stocked, parked_id, clock=clock, ids=ids)

    assert (held(stocked), is_exact(stocked)) == ((), True)


def test_what_is_reserved_is_not_taken_back_by_hand(
    stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds
) -> None:
    parked_id = aside(stocked, basket, clock, ids)
    with pytest.raises(CouponReserved):
        void(stocked, basket.coupon_codes[0], reason="x", clock=clock, ids=ids)

    drop(stocked, parked_id, clock=clock, ids=ids)

    assert void(stocked, basket.coupon_codes[0], reason="x", clock=clock, ids=ids).state == "void"
    assert is_exact(stocked)


def test_a_code_printed_on_a_receipt_is_held_before_it_is_a_coupon(
    stocked: Shop, clock: StillClock, ids: CountedIds
) -> None:
    offer = {"offer.enabled": True, "offer.headline": "下次立减", "offer.amount_fen": 300, "offer.starts_after_days": 0}
    set_policies(stocked, offer, clock=clock)
    code = sold(stocked, Basket((Line(CUP),)), clock, ids).redeem_code
    basket = Basket((Line(TEA), Line(CUP)), coupon_codes=(code,))
    pays(stocked, basket, clock, ids)

    with pytest.raises(CouponReserved):
        sold(stocked, basket, clock, ids, from_counter=False)

    assert [hold.txn_id for hold in held(stocked)] == [""]
    assert sold(stocked, basket, clock, ids).coupons
    assert (held(stocked), is_exact(stocked)) == ((), True)


def test_a_script_hears_it_too(stocked: Shop, basket: Basket, clock: StillClock, ids: CountedIds) -> None:
    aside(stocked, basket, clock, ids)
    request = {
        "lines": [{"code": CUP.code}, {"code": TEA.code}],
        "coupons": list(basket.coupon_codes),
        "tenders": [{"kind": "cash", "fen": 10_000}],
    }

    with pytest.raises(CouponReserved):
        sell_one(stocked, request, clock=clock, ids=ids, prints=False)


def _no_reversal(shop: ShopDatabase) -> None:
    with shop.writing() as books:
        [hold] = books.coupon_holds.every()
        books.coupon_holds.drop(hold.code)


def _no_entry(shop: ShopDatabase) -> None:
    with shop.writing() as books:
        [hold] = books.coupon_holds.every()
        books.coupon_holds.drop(hold.code)
        books.coupon_holds.put(replace(hold, txn_id="none"))


def _no_basket(shop: ShopDatabase) -> None:
    with shop.writing() as books:
        books.baskets.take(books.baskets.parked()[0].parked_id)


@pytest.mark.parametrize("wrong", [_no_reversal, _no_entry, _no_basket])
def test_the_check_finds_a_hold_that_is_not_so(
    file_shop: ShopDatabase, clock: StillClock, ids: CountedIds, wrong: Callable[[ShopDatabase], None]
) -> None:
    with file_shop.writing() as books:
        books.products.put([TEA, CUP])
    put_templates(file_shop, (TEMPLATE,), clock=clock)
    [made] = issue_coupons(file_shop, ({"template": "tea"},), clock=clock, ids=ids)
    aside(file_shop, Basket((Line(TEA), Line(CUP)), coupon_codes=(made.code,)), clock, ids)
    before = file_shop.check()

    wrong(file_shop)

    assert before == ()
    assert {finding.word for finding in file_shop.check()} == {"coupon_hold"}
