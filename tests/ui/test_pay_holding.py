"""While a payment is open its coupons are held; another basket hears so, and leaving the payment frees them."""

from __future__ import annotations

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.coupon_hold import CouponReserved, script
from storeapp.till import coupon_holds
from tests.ui.scene import MILK, TEN_OFF
from tests.ui.test_pay_presenter import PAID, Counter, counter


@pytest.fixture
def till() -> Counter:
    """Her coupon counts by itself."""
    made = counter(provider=True)
    made.sell.attach_member("m-alice")
    for _ in range(2):
        made.sell.scan(MILK.code)
    return made


def holders(till: Counter) -> list[str]:
    with till.here.shop.reading() as books:
        return [hold.holder for hold in books.coupon_holds.every()]


def elsewhere(till: Counter) -> None:
    """A program holds her coupon."""
    desk, basket = till.here.desk, Basket((Line(MILK),), coupon_codes=(TEN_OFF.code,))
    with desk.shop.writing() as books:
        lease = coupon_holds.PAYING
        coupon_holds.reserve(books, basket, holder=script("s"), now=desk.clock.now(), lease=lease, ids=desk.ids)


def test_an_open_payment_holds_its_coupons_until_it_is_left(till: Counter) -> None:
    assert holders(till) == []
    till.pay.open("cash")
    assert holders(till) == ["counter"]

    assert till.pay.leave()

    assert holders(till) == []


@pytest.mark.parametrize("way", ["cash", "wallet"])
def test_a_sale_ends_it(till: Counter, way: str) -> None:
    till.pay.open("cash" if way == "cash" else "scan")

    if way == "cash":
        till.pay.confirm()
    else:
        till.pay.take_scan(PAID)

    assert till.sold is not None
    assert [use.code for use in till.sold.coupons] == [TEN_OFF.code]
    assert holders(till) == []


def test_a_coupon_pressed_off_while_paying_is_free_at_once(till: Counter) -> None:
    till.pay.open("cash")

    till.sell.press_coupon(TEN_OFF.code)
    till.pay.refresh()

    assert holders(till) == []


def test_one_that_another_basket_holds_does_not_count(till: Counter) -> None:
    elsewhere(till)

    till.sell.scan(MILK.code)

    assert till.basket.state.coupons == ()
    assert [type(error) for error in till.basket.told] == [CouponReserved]


def test_a_payment_whose_coupon_has_gone_meanwhile_says_so(till: Counter) -> None:
    elsewhere(till)

    till.pay.open("cash")

    assert isinstance(till.seen.state.refused, CouponReserved)
    till.pay.leave()
    assert holders(till) == ["script:s"]


def test_a_start_frees_what_the_last_payment_held(till: Counter) -> None:
    till.pay.open("cash")

    Counter(till.here, till.basket, till.sell, till.seen, till.pay).pay.recover()

    assert holders(till) == []


def test_a_basket_put_aside_holds_its_coupon_and_gives_it_back(till: Counter) -> None:
    till.sell.park()
    [parked_id] = [each.removeprefix("parked:") for each in holders(till)]
    till.sell.attach_member("m-alice")
    for _ in range(2):
        till.sell.scan(MILK.code)
    assert not till.basket.state.coupons
    till.sell.press_coupon(TEN_OFF.code)
    assert isinstance(till.basket.told[-1], CouponReserved)
    till.sell.clear()

    till.sell.recall(parked_id)

    assert [coupon.code for coupon in till.basket.state.coupons] == [TEN_OFF.code]
    assert holders(till) == []
