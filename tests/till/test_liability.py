"""What is owed to members at the end of any day, however much happened since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import Leg, Txn, pending_account, points_account
from storeapp.domain.liability import Flow, Liability, Owed
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.tender import Tender
from storeapp.till.checkout import Order, checkout
from storeapp.till.liability import owed_on
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.top_ups import TopUpOrder, top_up
from storeapp.till.value_refunds import PayBackOrder, pay_back
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, TEA

FIRST, SECOND = date(2026, 9, 28), date(2026, 9, 29)
ON = {"stored_value.enabled": True, "stored_value.rules": "200+50", "stored_value.custody_percent": 30}


@pytest.fixture
def lived(bare: Shop, clock: StillClock, ids: CountedIds) -> Shop:
    """Alice and Bob pay 200 in; the next day Alice drinks tea for 35 and Bob is paid back."""
    with bare.writing() as books:
        books.members.put(ALICE)
        books.members.put(BOB)
    set_policies(bare, ON, clock=clock)
    for member in (ALICE, BOB):
        top_up(bare, TopUpOrder(member.member_id, Money(20_000), "cash", "1007"), clock=clock, ids=ids)
    clock.go_on(days=1)
    basket = Basket((Line(TEA, Quantity(10_000), price=Money(350), price_reason="x"),), member_id=ALICE.member_id)
    order = Order(basket, (Tender("stored_value", Money(3_500)),), "1007", prints=False)
    checkout(bare, order, clock=clock, ids=ids)
    pay_back(bare, PayBackOrder(BOB.member_id, "customer", "搬家", "cash", "script"), clock=clock, ids=ids)
    return bare


def told(shop: Shop, day: date) -> Liability:
    with shop.reading() as books:
        return owed_on(books, day)


def test_each_day_is_told_as_it_ended(lived: Shop) -> None:
    before, first, second = (told(lived, day) for day in (date(2026, 9, 27), FIRST, SECOND))

    assert (before.principal, before.flows) == (Owed(), ())
    assert (first.principal, first.bonus) == (Owed(2, 40_000), Owed(2, 10_000))
    assert first.flows == (Flow("topup", 40_000, 10_000),)
    assert (second.principal, second.bonus) == (Owed(1, 17_200), Owed(1, 4_300))
    assert second.flows == (
        Flow("sale", -2_800, -700, points=28),
        Flow("topup_refund", -20_000, -5_000),
    )
    assert (second.points, second.points_worth) == (Owed(1, 28), Money(28))


def test_what_moved_leads_from_one_day_to_the_next(lived: Shop) -> None:
    first, second = told(lived, FIRST), told(lived, SECOND)

    assert first.principal.amount + sum(flow.principal_fen for flow in second.flows) == second.principal.amount
    assert first.bonus.amount + sum(flow.bonus_fen for flow in second.flows) == second.bonus.amount


def test_the_day_ends_at_the_owners_hour(lived: Shop, clock: StillClock, ids: CountedIds) -> None:
    clock.moment = clock.moment.replace(day=30, hour=2)
    top_up(lived, TopUpOrder(BOB.member_id, Money(1_000), "cash", "1007"), clock=clock, ids=ids)
    by_midnight = told(lived, SECOND).principal.amount
    set_policies(lived, {"day.cutoff_hour": 4}, clock=clock)

    assert (by_midnight, told(lived, SECOND).principal.amount) == (17_200, 18_200)


def test_points_that_wait_are_owed_too(lived: Shop) -> None:
    legs = (Leg(pending_account(BOB.member_id), "pts", 40), Leg("exp.points", "pts", -40))
    gone = (Leg(points_account(BOB.member_id), "pts", 0), Leg("exp.points", "pts", 0))
    with lived.writing() as books:
        books.ledger.post(Txn("t1", "sale", "2026-09-29T05:00:00+00:00", legs, BOB.member_id))
        books.ledger.post(Txn("t2", "sale", "2026-09-29T23:59:59.5+08:00", gone, BOB.member_id))

    report = told(lived, SECOND)

    assert (report.pending, report.points, report.points_worth) == (Owed(1, 40), Owed(1, 28), Money(68))


@pytest.mark.parametrize(("percent", "fen"), [(30, 5_160), (0, 0), (100, 17_200), (33, 5_676)])
def test_a_started_fen_of_custody_is_a_whole_one(lived: Shop, percent: int, fen: int) -> None:
    assert replace(told(lived, SECOND), custody_percent=percent).custody == Money(fen)
    assert replace(told(lived, SECOND), custody_percent=30, principal=Owed(1, 1)).custody == Money(1)
