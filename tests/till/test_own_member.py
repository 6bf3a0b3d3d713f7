"""Nobody serves herself: whatever is done for a member who works here is done by a colleague, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from storeapp.domain.basket import Basket, Line, add, attach_member
from storeapp.domain.journal import body_of
from storeapp.domain.ledger import Txn
from storeapp.domain.member import BadPhone
from storeapp.domain.money import Money
from storeapp.domain.own_member import OwnMember
from storeapp.domain.points import earning_legs
from storeapp.domain.tender import Tender
from storeapp.till.adjusting import Adjustment, adjust
from storeapp.till.catalogue import put_products
from storeapp.till.checkout import Order, checkout
from storeapp.till.coupon_gifts import Goodwill, give_by_hand
from storeapp.till.coupon_templates import put_templates
from storeapp.till.gifts import GiftOrder, redeem
from storeapp.till.leaks import leaks_of_day
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.refund_plan import RefundOrder
from storeapp.till.refunds import refund
from storeapp.till.staff import put_staff
from storeapp.till.tiers import give
from storeapp.till.top_ups import TopUpOrder, top_up
from storeapp.till.value_refunds import PayBackOrder, pay_back
from tests.domain.goods import CUP
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE

PHONE = ALICE.phone.removeprefix("86")
HERS = ALICE.member_id
Deed = Callable[[Shop, str, StillClock, CountedIds], Any]


@pytest.fixture
def counter(bare: Shop, clock: StillClock) -> Shop:
    """Alice works here as 1007; 1008 is her colleague."""
    with bare.writing() as books:
        books.members.put(ALICE)
    put_products(bare, [CUP], clock=clock)
    set_policies(bare, {"stored_value.enabled": True, "stored_value.free_amount": True}, clock=clock)
    hired(bare, "1001", clock=clock)
    for code, phone in (("1007", PHONE), ("1008", "13900000008")):
        put_staff(bare, code, name=code, role="manager", pin="246810", phone=phone, clock=clock)
    return bare


def buy(shop: Shop, by: str, clock: StillClock, ids: CountedIds) -> Any:
    basket = attach_member(add(Basket(), Line(CUP)), HERS)
    return checkout(shop, Order(basket, (Tender("cash", Money(10_000)),), by), clock=clock, ids=ids)


def pay_in(shop: Shop, by: str, clock: StillClock, ids: CountedIds) -> Any:
    return top_up(shop, TopUpOrder(HERS, Money(10_000), "cash", by), clock=clock, ids=ids)


def take_out(shop: Shop, by: str, clock: StillClock, ids: CountedIds) -> Any:
    pay_in(shop, "1001", clock, ids)
    order = PayBackOrder(HERS, "within_days", "不需要了", "cash", by, approver="1001")
    return pay_back(shop, order, clock=clock, ids=ids)


def correct(shop: Shop, by: str, clock: StillClock, ids: CountedIds) -> Any:
    return adjust(shop, Adjustment(HERS, 100, "漏积分", by, "1001"), clock=clock, ids=ids)


def lift(shop: Shop, by: str, clock: StillClock, ids: CountedIds) -> Any:
    return give(shop, HERS, "金卡", reason="老顾客", by=by, clock=clock, ids=ids)


def bring_back(shop: Shop, by: str, clock: StillClock, ids: CountedIds) -> Any:
    sold = buy(shop, "1008", clock, ids).sale
    order = RefundOrder(sold.receipt, reason="unwanted", cashier=by, approver="1001")
    return refund(shop, order, clock=clock, ids=ids)


def make_up_for(shop: Shop, by: str, clock: StillClock, ids: CountedIds) -> Any:
    put_templates(shop, ({"id": "sorry", "name": "券", "amount_fen": 500, "valid_days": 30},), clock=clock)
    return give_by_hand(shop, Goodwill("sorry", HERS, "道歉", by), clock=clock, ids=ids)


def hand_out(shop: Shop, by: str, clock: StillClock, ids: CountedIds) -> Any:
    set_policies(shop, {"points.gifts": f"{CUP.code} = 500"}, clock=clock)
    with shop.writing() as books:
        books.ledger.post(Txn("earned", "import", clock.now().isoformat(), earning_legs(HERS, 500), HERS))
    return redeem(shop, GiftOrder(HERS, CUP.code, by), clock=clock, ids=ids)


DEEDS: dict[str, Deed] = {
    "buy": buy,
    "top up": pay_in,
    "pay back": take_out,
    "adjust": correct,
    "tier": lift,
    "refund": bring_back,
    "coupon": make_up_for,
    "gift": hand_out,
}


def written(shop: Shop) -> list[str]:
    with shop.reading() as books:
        return [entry.type for entry in books.journal.after(0, limit=100)]


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_does_it_for_herself_and_the_try_is_on_record(
    counter: Shop, clock: StillClock, ids: CountedIds, deed: str
) -> None:
    with pytest.raises(OwnMember) as refused:
        DEEDS[deed](counter, "1007", clock, ids)

    assert (refused.value.staff, refused.value.member_id) == ("1007", HERS)
    assert written(counter)[-1] == "own_member.refused"
    [tried] = [found for found in leaks_of_day(counter, "2026-09-28") if found.rule == "served_oneself"]
    assert (tried.who, tried.count) == ("1007", 1)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_colleague_may(counter: Shop, clock: StillClock, ids: CountedIds, deed: str) -> None:
    DEEDS[deed](counter, "1008", clock, ids)

    assert "own_member.refused" not in written(counter)


def test_who_agrees_is_not_the_one_who_gains(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    put_staff(counter, "1007", name="陈", role="owner", pin="246810", clock=clock)

    with pytest.raises(OwnMember):
        adjust(counter, Adjustment(HERS, 100, "漏积分", "1008", "1007"), clock=clock, ids=ids)


def test_a_phone_forgotten_binds_nobody_and_a_wrong_one_is_refused(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    with pytest.raises(BadPhone):
        put_staff(counter, "1007", name="陈", role="cashier", phone="12345", clock=clock)
    put_staff(counter, "1007", name="陈", role="manager", phone="", clock=clock)

    buy(counter, "1007", clock, ids)

    with counter.reading() as books:
        assert (books.staff.has_phone("1007"), books.staff.has_phone("1008")) == (False, True)


def test_the_phone_stays_where_it_is_not_told_again_and_stands_in_no_entry(counter: Shop, clock: StillClock) -> None:
    put_staff(counter, "1007", name="陈", role="manager", clock=clock)

    with counter.reading() as books:
        assert books.staff.codes_of(HERS) == ("1007",)
        assert PHONE not in json.dumps([body_of(entry) for entry in books.journal.after(0, limit=100)])


def test_a_credit_to_a_colleague_is_shown_to_the_owner(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    pay_in(counter, "1008", clock, ids)

    found = {each.rule: each for each in leaks_of_day(counter, "2026-09-28")}

    assert found["credited_to_staff"].detail == "1007"
