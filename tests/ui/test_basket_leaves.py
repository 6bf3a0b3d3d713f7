"""A basket that is put aside or cleared while it is being paid for: nobody's money stays for whoever comes next."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.ui.sell.presenter import SellPresenter
from storeapp.ui.sell.view import PaymentRunning
from tests.fakes.scripted_provider import ScriptedProvider
from tests.ui.conftest import OpenCounter
from tests.ui.scene import COLA, MILK, WATER
from tests.ui.test_pay_presenter import PAID
from tests.ui.test_pay_unclear import YES, Unclear, till_with

Leaving = Callable[[SellPresenter], None]
LEAVINGS: list[Leaving] = [SellPresenter.park, SellPresenter.clear, SellPresenter.delete, SellPresenter.undo]
NAMES = [leaving.__name__ for leaving in LEAVINGS]


def till() -> Unclear:
    made = till_with(ScriptedProvider(takes=[YES], refunds=[Take("refunded")]))
    made.sell.scan(MILK.code)
    return made


def in_part(at: Unclear, *, by_wallet: bool) -> None:
    at.pay.open("scan" if by_wallet else "cash")
    at.pay.type("20")
    if by_wallet:
        at.pay.take_scan(PAID)
    else:
        at.pay.confirm()
    assert at.pay.state.left == MILK.price - Money(2000)


@pytest.mark.parametrize("leaving", LEAVINGS, ids=NAMES)
def test_the_goods_a_wallet_has_paid_for_stay_until_its_money_goes_back(leaving: Leaving) -> None:
    at = till()
    in_part(at, by_wallet=True)

    leaving(at.sell)
    assert isinstance(at.basket.told[-1], PaymentRunning)
    assert at.basket.rung == [(MILK.name, "1")]
    assert [tender.kind for tender in at.pay.state.tenders] == ["wechat"]

    at.pay.remove_last()
    leaving(at.sell)
    assert at.basket.state.is_empty


@pytest.mark.parametrize("leaving", LEAVINGS, ids=NAMES)
def test_cash_on_the_counter_is_not_counted_for_the_next_customer(leaving: Leaving) -> None:
    at = till()
    in_part(at, by_wallet=False)

    leaving(at.sell)
    at.pay.refresh()
    at.sell.scan(WATER.code)
    at.pay.open("cash")

    assert at.pay.state.given == ()
    assert at.pay.state.left == WATER.price


def test_some_of_the_goods_may_go_and_the_rest_is_paid() -> None:
    at = till()
    in_part(at, by_wallet=True)
    at.sell.scan(COLA.code)

    at.sell.delete()
    at.pay.refresh()

    assert at.basket.rung == [(MILK.name, "1")]
    assert at.pay.state.left == MILK.price - Money(2000)


def test_the_sheet_goes_with_the_basket(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.sell.scan(MILK.code)
    counter.act("cash")

    counter.act("park")

    assert counter.window.sheet is None
    assert not counter.pay.state.is_open
