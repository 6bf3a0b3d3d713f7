"""Referrals at the till: named once, thanked after what she keeps, one level only, and taken back with the goods."""

from __future__ import annotations

import json
from typing import Any

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import debt_account, points_account
from storeapp.domain.member import Member, UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.referral import (
    ReferralOff,
    ReferralTooLate,
    ReferredBefore,
    SelfReferral,
    StaffReferral,
    UnknownReferrer,
    code_of,
)
from storeapp.domain.refund import Asked
from storeapp.domain.tender import Tender
from storeapp.till import members, referrals, staff_members
from storeapp.till.checkout import Order, checkout
from storeapp.till.members import SignUp
from storeapp.till.merging import Merge, merge
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.refunds import RefundOrder, refund
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, TEA, stock

ON = {"referral.enabled": True, "points.per_yuan": 0}
COUPONS = {"referral.referrer": "coupon 2 for 30", "referral.newcomer": "coupon 1 for 30"}


@pytest.fixture
def shop(bare: Shop, clock: StillClock) -> Shop:
    stock(bare, (TEA,), (ALICE,))
    set_policies(bare, ON, clock=clock)
    return bare


@pytest.fixture
def join(shop: Shop, clock: StillClock, ids: CountedIds) -> Any:
    """Signs the nth newcomer up, brought by whoever answers to that code or phone."""

    def do(n: int, by: str = "13800000001", *, cashier: str = "1007") -> Member:
        said = SignUp(f"139000000{n:02d}", referred_by=by)
        return members.sign_up(shop, said, cashier=cashier, clock=clock, ids=ids)

    return do


@pytest.fixture
def buy(shop: Shop, clock: StillClock, ids: CountedIds) -> Any:
    def do(member: Member, pieces: int = 1, *coupons: str) -> str:
        basket = Basket((Line(TEA, Quantity(1000 * pieces)),), member_id=member.member_id, coupon_codes=coupons)
        order = Order(basket, (Tender("cash", Money(pieces * 350)),), cashier="1007", prints=False)
        return checkout(shop, order, clock=clock, ids=ids).sale.receipt

    return do


def points(shop: Shop, member: Member) -> int:
    with shop.reading() as books:
        return books.ledger.balance(points_account(member.member_id), "pts")


def coupon_codes(shop: Shop, member: Member) -> tuple[str, ...]:
    with shop.reading() as books:
        return tuple(coupon.code for coupon in books.coupons.of_member(member.member_id))


def state_of(shop: Shop, member: Member) -> tuple[str, str]:
    with shop.reading() as books:
        found = books.referrals.of(member.member_id)
    assert found is not None
    return found.state, found.why


def journaled(shop: Shop) -> list[str]:
    with shop.reading() as books:
        return [entry.type for entry in books.journal.after(0, limit=500) if entry.type.startswith("referral.")]


def test_both_are_thanked_once_after_what_she_kept(shop: Shop, clock: StillClock, join: Any, buy: Any) -> None:
    newcomer = join(1, code_of(ALICE.member_id).lower())
    buy(newcomer)

    assert referrals.reward_due(shop, clock=clock) == 0
    clock.go_on(days=7)
    assert referrals.reward_due(shop, clock=clock) == 1

    assert (points(shop, newcomer), points(shop, ALICE)) == (100, 100)
    assert referrals.reward_due(shop, clock=clock) == 0
    assert referrals.reward(shop, newcomer.member_id, clock=clock) is None
    assert (points(shop, newcomer), points(shop, ALICE)) == (100, 100)
    assert journaled(shop) == ["referral.named", "referral.rewarded"]


def test_a_name_and_a_sign_up_alone_bring_nothing(shop: Shop, clock: StillClock, join: Any) -> None:
    for n in range(1, 4):
        join(n)
    clock.go_on(days=30)

    assert referrals.reward_due(shop, clock=clock) == 0
    assert points(shop, ALICE) == 0
    with shop.reading() as books:
        assert books.ledger.holding("referral") == ()


def test_one_level_only_who_brought_the_one_who_brought_her_gets_nothing(
    shop: Shop, clock: StillClock, join: Any, buy: Any
) -> None:
    second = join(1)
    third = join(2, "13900000001")
    buy(third)
    clock.go_on(days=8)

    assert referrals.reward_due(shop, clock=clock) == 1

    assert (points(shop, ALICE), points(shop, second), points(shop, third)) == (0, 100, 100)


@pytest.mark.parametrize("pieces", [1, 2])
def test_goods_that_come_back_before_bring_nothing(
    shop: Shop, clock: StillClock, ids: CountedIds, join: Any, buy: Any, pieces: int
) -> None:
    set_policies(shop, {"referral.least_fen": 400}, clock=clock)
    newcomer = join(1)
    receipt = buy(newcomer, 2)
    refund(shop, RefundOrder(receipt, "script", "damaged", (Asked(1, pieces * 1000),)), clock=clock, ids=ids)
    clock.go_on(days=8)

    assert referrals.reward_due(shop, clock=clock) == 0
    assert points(shop, ALICE) == 0


def test_a_refund_afterwards_takes_back_the_very_legs_and_it_stays_so(
    shop: Shop, clock: StillClock, ids: CountedIds, join: Any, buy: Any
) -> None:
    set_policies(shop, {"referral.wait_days": 0, "points.fen_each": 1}, clock=clock)
    newcomer = join(1)
    receipt = buy(newcomer, 2)
    assert referrals.reward(shop, newcomer.member_id, clock=clock) is not None
    spent = Order(
        Basket((Line(TEA),), member_id=ALICE.member_id),
        (Tender("points", Money(60)), Tender("cash", Money(290))),
        cashier="1007",
        prints=False,
    )
    checkout(shop, spent, clock=clock, ids=ids)

    refund(shop, RefundOrder(receipt, "script", "damaged", (Asked(1, 1000),)), clock=clock, ids=ids)
    assert state_of(shop, newcomer) == ("rewarded", "")
    refund(shop, RefundOrder(receipt, "script", "damaged"), clock=clock, ids=ids)

    assert state_of(shop, newcomer) == ("reversed", "")
    assert (points(shop, newcomer), points(shop, ALICE)) == (0, 0)
    with shop.reading() as books:
        assert books.ledger.balance(debt_account(ALICE.member_id), "pts") == -60
        given = {each.side: each.txn_id for each in books.referrals.given(newcomer.member_id)}
        [back] = books.ledger.reversals(given["newcomer"])
        whole, reversal = books.ledger.txn(given["newcomer"]), books.ledger.txn(back)
    assert whole is not None
    assert reversal is not None
    assert {(leg.account, -leg.amount) for leg in whole.legs} == {(leg.account, leg.amount) for leg in reversal.legs}
    buy(newcomer, 2)
    assert referrals.reward_due(shop, clock=clock) == 0


def test_coupons_are_void_again_and_one_that_paid_is_void_once_it_comes_back(
    shop: Shop, clock: StillClock, ids: CountedIds, join: Any, buy: Any
) -> None:
    set_policies(shop, COUPONS | {"referral.wait_days": 0}, clock=clock)
    newcomer = join(1)
    first = buy(newcomer, 2)
    referrals.reward_due(shop, clock=clock)
    [hers], [alices] = coupon_codes(shop, newcomer), coupon_codes(shop, ALICE)
    with shop.reading() as books:
        coupon = books.coupons.by_code(hers)
    assert coupon is not None
    # good for 30 days, the day it was given among them, as every coupon of a template
    assert (coupon.valid_until - coupon.valid_from).days == 29
    second = checkout(
        shop,
        Order(
            Basket((Line(TEA, Quantity(2000)),), member_id=ALICE.member_id, coupon_codes=(alices,)),
            (Tender("cash", Money(500)),),
            cashier="1007",
            prints=False,
        ),
        clock=clock,
        ids=ids,
    ).sale.receipt

    refund(shop, RefundOrder(first, "script", "damaged"), clock=clock, ids=ids)
    assert state_of(shop, newcomer) == ("reversed", "coupon_used")
    refund(shop, RefundOrder(second, "script", "damaged"), clock=clock, ids=ids)

    with shop.reading() as books:
        states = [found.state for code in (hers, alices) if (found := books.coupons.by_code(code)) is not None]
    assert states == ["void", "void"]


def test_a_full_month_thanks_the_newcomer_alone_and_the_next_month_begins_anew(
    shop: Shop, clock: StillClock, join: Any, buy: Any
) -> None:
    set_policies(shop, {"referral.monthly_most": 1, "referral.wait_days": 0}, clock=clock)
    first, second = join(1), join(2)
    for each in (first, second):
        buy(each)
    assert referrals.reward_due(shop, clock=clock) == 2
    assert (points(shop, first), points(shop, second), points(shop, ALICE)) == (100, 100, 100)

    clock.go_on(days=7)
    third = join(3)
    buy(third)
    assert referrals.reward_due(shop, clock=clock) == 1
    assert points(shop, ALICE) == 200


def test_nobody_brings_herself_and_then_she_is_no_member_either(shop: Shop, join: Any) -> None:
    for text, error in (("13900000001", SelfReferral), ("13700000009", UnknownReferrer), ("ABC", UnknownReferrer)):
        with pytest.raises(error):
            join(1, text)

    with shop.reading() as books:
        assert books.members.by_phone("8613900000001") is None
    assert journaled(shop) == []


def test_staff_and_who_signs_her_up_bring_nobody(shop: Shop, clock: StillClock, join: Any, buy: Any) -> None:
    hired(shop, "1001", "1007", clock=clock)
    before = join(1)
    buy(before)
    staff_members.link(shop, "1007", ALICE.member_id, clock=clock)

    with pytest.raises(SelfReferral) as mine:
        join(2, cashier="1007")
    with pytest.raises(StaffReferral):
        join(2, cashier="1008")
    assert mine.value.why == "cashier"
    clock.go_on(days=8)
    referrals.reward_due(shop, clock=clock)

    assert (state_of(shop, before), points(shop, ALICE)) == (("closed", "staff"), 0)
    staff_members.link(shop, "1007", "", clock=clock)
    join(3)
    with pytest.raises(UnknownMember):
        staff_members.link(shop, "1007", "nobody", clock=clock)


def test_she_may_say_it_later_once_and_before_she_buys(shop: Shop, clock: StillClock, join: Any, buy: Any) -> None:
    one, two = join(1, ""), join(2, "")
    clock.go_on(days=7)
    referrals.name(shop, one.member_id, "138 0000 0001", cashier="1007", clock=clock)

    with pytest.raises(ReferredBefore):
        referrals.name(shop, one.member_id, "13900000002", cashier="1007", clock=clock)
    with pytest.raises(SelfReferral) as circle:
        referrals.name(shop, two.member_id, code_of(two.member_id), cashier="1007", clock=clock)
    assert circle.value.why == "same_person"
    buy(two)
    with pytest.raises(ReferralTooLate):
        referrals.name(shop, two.member_id, "13800000001", cashier="1007", clock=clock)
    with pytest.raises(UnknownMember):
        referrals.name(shop, "nobody", "13800000001", cashier="1007", clock=clock)


def test_nothing_is_named_while_the_owner_gives_nothing(shop: Shop, clock: StillClock, join: Any) -> None:
    set_policies(shop, {"referral.enabled": False}, clock=clock)

    with pytest.raises(ReferralOff):
        join(1)
    join(2, "")


def test_a_second_phone_of_an_old_member_brings_nothing_once_they_are_one(
    shop: Shop, clock: StillClock, ids: CountedIds, join: Any, buy: Any
) -> None:
    old, again = join(1, ""), join(2)
    buy(again)
    merge(shop, Merge(again.member_id, old.member_id, "同一人", by="script"), clock=clock, ids=ids)
    clock.go_on(days=8)

    assert referrals.reward_due(shop, clock=clock) == 1
    assert (state_of(shop, again), points(shop, ALICE)) == (("closed", "merged"), 0)


def test_who_brought_her_is_thanked_and_pays_back_under_the_name_she_has_now(
    shop: Shop, clock: StillClock, ids: CountedIds, join: Any, buy: Any
) -> None:
    first, second, third = join(1), join(2), join(3, "")
    receipts = [buy(each) for each in (first, second)]
    clock.go_on(days=7)
    referrals.reward(shop, first.member_id, clock=clock)
    merge(shop, Merge(third.member_id, ALICE.member_id, "同一人", by="script"), clock=clock, ids=ids)

    referrals.reward(shop, second.member_id, clock=clock)
    assert points(shop, third) == 200
    for receipt in receipts:
        refund(shop, RefundOrder(receipt, "script", "damaged"), clock=clock, ids=ids)

    assert [state_of(shop, each)[0] for each in (first, second)] == ["reversed", "reversed"]
    with shop.reading() as books:
        owes = books.ledger.balance(debt_account(third.member_id), "pts")
    assert (points(shop, third) + owes, points(shop, ALICE)) == (0, 0)


def test_points_given_lapse_like_those_earned(shop: Shop, clock: StillClock, join: Any, buy: Any) -> None:
    set_policies(shop, {"points.lapse": "days", "points.valid_days": 30, "referral.wait_days": 0}, clock=clock)
    newcomer = join(1)
    buy(newcomer)
    referrals.reward_due(shop, clock=clock)

    with shop.reading() as books:
        [lot] = books.ledger.lots(newcomer.member_id)
    assert (lot.remaining, lot.expires_on) == (100, "2026-10-28")


def test_what_comes_too_late_or_of_nobody_is_closed(shop: Shop, clock: StillClock, join: Any, buy: Any) -> None:
    late, gone = join(1), join(2)
    members.erase(shop, gone.member_id, clock=clock)
    clock.go_on(days=91)
    buy(late)
    clock.go_on(days=7)

    assert referrals.reward_due(shop, clock=clock) == 2
    assert (state_of(shop, late), state_of(shop, gone)) == (("closed", "late"), ("closed", "gone"))
    assert points(shop, ALICE) == 0


def test_what_she_took_on_account_is_no_purchase_while_she_owes(
    shop: Shop, clock: StillClock, ids: CountedIds, join: Any
) -> None:
    set_policies(shop, {"on_account.enabled": True, "referral.wait_days": 0}, clock=clock)
    newcomer = join(1)
    order = Order(
        Basket((Line(TEA),), member_id=newcomer.member_id),
        (Tender("on_account", Money(300)),),
        cashier="1007",
        prints=False,
    )
    checkout(shop, order, clock=clock, ids=ids)

    assert referrals.reward_due(shop, clock=clock) == 0


def test_the_journal_names_nobody(shop: Shop, join: Any, buy: Any, clock: StillClock) -> None:
    buy(join(1))
    clock.go_on(days=8)
    referrals.reward_due(shop, clock=clock)

    with shop.reading() as books:
        told = [json.loads(entry.body) for entry in books.journal.after(0, limit=500) if "referral" in entry.type]
    assert len(told) == 2
    assert "139000000" not in json.dumps(told)
    assert "138000000" not in json.dumps(told)
