"""Commissions at the till: of the seller net of refunds, of who brought her for so many days, and of nobody above."""

from __future__ import annotations

from datetime import date

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.commission import Commissions, Statement
from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from storeapp.till import commissions, staff_members
from storeapp.till.checkout import Order, checkout
from storeapp.till.members import SignUp, sign_up
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.refunds import RefundOrder, refund
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, NOODLES, TEA

ON = {"referral.enabled": True, "commission.staff": "all 1; 主食 10", "commission.promoter": "all 5"}


@pytest.fixture
def shop(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        books.products.put([TEA, NOODLES])
        books.members.put(ALICE)
    set_policies(bare, ON, clock=clock)
    hired(bare, "1001", "1007", clock=clock)
    return bare


def sell(shop: Shop, clock: StillClock, ids: CountedIds, who: str = "1007", member_id: str | None = None) -> str:
    basket = Basket((Line(NOODLES),), member_id=member_id)
    order = Order(basket, (Tender("cash", Money(1200)),), cashier=who, prints=False)
    return checkout(shop, order, clock=clock, ids=ids).sale.receipt


def told(shop: Shop, month: int = 9) -> Commissions:
    with shop.reading() as books:
        return commissions.of_month(books, date(2026, month, 1))


def dues(found: tuple[Statement, ...]) -> dict[str, int]:
    return {each.who: each.fen for each in found}


def test_what_came_back_is_the_sellers_in_the_month_it_came(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    receipt = sell(shop, clock, ids)
    sell(shop, clock, ids, "1001")
    clock.go_on(days=5)

    refund(shop, RefundOrder(receipt, "1001", "damaged", approver=""), clock=clock, ids=ids)

    assert dues(told(shop).staff) == {"1001": 120, "1007": 120}
    assert dues(told(shop, 10).staff) == {"1007": -120}
    assert [share.category for share in told(shop).staff[0].shares] == ["主食"]


def test_only_who_brought_her_has_a_share_and_only_for_so_many_days(
    shop: Shop, clock: StillClock, ids: CountedIds
) -> None:
    set_policies(shop, {"commission.promoter_days": 30}, clock=clock)
    first = sign_up(shop, SignUp("13900000001", referred_by="13800000001"), cashier="1007", clock=clock, ids=ids)
    second = sign_up(shop, SignUp("13900000002", referred_by="13900000001"), cashier="1007", clock=clock, ids=ids)
    assert told(shop).promoters == ()

    sell(shop, clock, ids, member_id=second.member_id)
    assert dues(told(shop).promoters) == {first.member_id: 60}
    sell(shop, clock, ids, member_id=first.member_id)
    assert dues(told(shop).promoters) == {ALICE.member_id: 60, first.member_id: 60}
    assert "13900000001" not in told(shop).promoters[1].name
    clock.go_on(days=31)
    sell(shop, clock, ids, member_id=first.member_id)
    assert told(shop, 10).promoters == ()

    staff_members.link(shop, "1007", ALICE.member_id, clock=clock)
    assert dues(told(shop).promoters) == {first.member_id: 60}


def test_a_past_month_keeps_its_percents(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    sell(shop, clock, ids)
    clock.go_on(days=10)

    set_policies(shop, {"commission.staff": "all 50"}, clock=clock)

    assert dues(told(shop).staff) == {"1007": 120}


def test_nothing_is_booked_by_telling(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    sell(shop, clock, ids)
    with shop.reading() as books:
        before = books.journal.head()

    told(shop)

    with shop.reading() as books:
        assert books.journal.head() == before
