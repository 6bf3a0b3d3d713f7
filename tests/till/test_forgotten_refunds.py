"""Goods come back that somebody had paid for with her own, and is forgotten since: she loses nothing."""

from __future__ import annotations

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.liability import Owed
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till.checkout import Order, checkout
from storeapp.till.exchanges import exchange
from storeapp.till.liability import owed_on
from storeapp.till.members import erase
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.top_ups import TopUpOrder, held, top_up
from storeapp.till.value_refunds import PayBackOrder, pay_back
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, TEA

HER = ALICE.member_id


@pytest.fixture
def shop(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        books.members.put(ALICE)
        books.products.put([TEA])
    set_policies(bare, {"stored_value.enabled": True, "stored_value.rules": "8+2"}, clock=clock)
    return bare


@pytest.fixture
def sale(shop: Shop, clock: StillClock, ids: CountedIds) -> Sale:
    """Ten yuan paid in and given, two teas bought with six of it, the rest paid back; she is forgotten."""
    top_up(shop, TopUpOrder(HER, Money(800), "cash", "1007"), clock=clock, ids=ids)
    basket = Basket((Line(TEA, Quantity(2000)),), member_id=HER)
    order = Order(basket, (Tender("stored_value", Money(600)),), cashier="1007")
    made = checkout(shop, order, clock=clock, ids=ids).sale
    pay_back(shop, PayBackOrder(HER, "shop", "注销", "cash", "1007"), clock=clock, ids=ids)
    erase(shop, HER, clock=clock)
    return made


def drawer(shop: Shop) -> int:
    with shop.reading() as books:
        return sum(each.fen for each in books.drawer.of_shift(None) if each.tender == "cash")


def left(shop: Shop) -> tuple[int, int]:
    with shop.reading() as books:
        principal, bonus = held(books, HER)
        return principal.fen, bonus.fen


def test_what_she_had_paid_in_comes_out_of_the_drawer(
    shop: Shop, sale: Sale, clock: StillClock, ids: CountedIds
) -> None:
    before = drawer(shop)

    done = refund(shop, RefundOrder(sale.receipt, "1007", "坏了"), clock=clock, ids=ids)

    # of the six, 4.80 were hers and 1.20 the shop's gift
    assert done.paid_out is not None
    assert (done.paid_out.kind, done.paid_out.money_fen, done.paid_out.bonus_fen) == ("topup_refund", 480, 120)
    assert (done.paid_out.reason, done.out_of_drawer) == (done.refund.receipt, Money(480))
    assert (drawer(shop) - before, left(shop)) == (-480, (0, 0))
    with shop.reading() as books:
        assert owed_on(books, clock.now().date()).principal == Owed()
        # its slip is owed beside the refund's
        assert {job.receipt for job in books.prints.queued(limit=9)} >= {done.refund.receipt, done.paid_out.number}


def test_each_part_that_comes_back_pays_its_own(shop: Shop, sale: Sale, clock: StillClock, ids: CountedIds) -> None:
    lines = [RefundOrder(sale.receipt, "1007", "坏了", (Asked(1, 1000),)) for _piece in range(2)]

    parts = [refund(shop, order, clock=clock, ids=ids).out_of_drawer.fen for order in lines]

    assert (parts, left(shop)) == ([240, 240], (0, 0))


def test_in_an_exchange_it_comes_out_of_the_drawer_too(
    shop: Shop, sale: Sale, clock: StillClock, ids: CountedIds
) -> None:
    take = Order(Basket((Line(TEA, Quantity(1000)),)), (Tender("cash", Money(TEA.price.fen)),), cashier="1007")

    done = exchange(shop, RefundOrder(sale.receipt, "1007", "坏了"), take, clock=clock, ids=ids)

    assert done.paid_out is not None
    assert (done.paid_out.money_fen, left(shop)) == (480, (0, 0))


def test_who_is_a_member_still_has_it_on_her_card(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    top_up(shop, TopUpOrder(HER, Money(800), "cash", "1007"), clock=clock, ids=ids)
    order = Order(Basket((Line(TEA),), member_id=HER), (Tender("stored_value", Money(300)),), cashier="1007")
    bought = checkout(shop, order, clock=clock, ids=ids).sale

    done = refund(shop, RefundOrder(bought.receipt, "1007", "坏了"), clock=clock, ids=ids)

    assert (done.paid_out, left(shop)) == (None, (800, 200))
