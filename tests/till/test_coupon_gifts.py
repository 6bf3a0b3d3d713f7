"""Coupons the shop gives by itself: each once for its reason, and nobody waits for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from storeapp.domain.approval import ApprovalReasonMissing, NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_template import UnknownTemplate
from storeapp.domain.customer_value import CustomerValue
from storeapp.domain.layer import Layer
from storeapp.domain.life_stage import Stage, Standing
from storeapp.domain.member import Member
from storeapp.domain.money import Money
from storeapp.domain.rfm import Score, Trade
from storeapp.domain.sale import RequestReused, Sale
from storeapp.domain.staff import Staff
from storeapp.domain.tender import Tender
from storeapp.till import members, outreach
from storeapp.till.checkout import Order, checkout
from storeapp.till.coupon_gifts import Goodwill, give_by_hand, give_due
from storeapp.till.coupon_templates import CouponGivenBefore, end_templates, put_templates
from storeapp.till.new_shop import new_device
from storeapp.till.policies import set_policy
from storeapp.till.ports import Shop
from storeapp.till.refunds import RefundOrder, refund
from tests.domain.goods import CUP, TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB

UNKNOWN = CustomerValue(0, False, None, None, None)
GIFT = {"id": "gift", "name": "券", "amount_fen": 500, "valid_days": 30, "most_per_member": 0}


@pytest.fixture
def stocked(shop: MemoryShop, clock: StillClock) -> Shop:
    with shop.writing() as books:
        books.members.put(ALICE)
        books.members.put(BOB)
        books.products.put([TEA, CUP])
    put_templates(shop, (GIFT,), clock=clock)
    return shop


def hers(shop: Shop, member_id: str = ALICE.member_id) -> tuple[Coupon, ...]:
    with shop.reading() as books:
        return books.coupons.of_member(member_id)


def whys(shop: Shop) -> list[str]:
    with shop.reading() as books:
        return [grant.why for grant in books.coupon_grants.every()]


def joined(shop: Shop, clock: StillClock, ids: CountedIds, phone: str = "13700000003") -> Member:
    return members.sign_up(shop, members.SignUp(phone), cashier="1007", clock=clock, ids=ids)


def sold(shop: Shop, clock: StillClock, ids: CountedIds, *codes: str, member: str | None = None, **more: Any) -> Sale:
    basket = Basket((Line(TEA), Line(CUP)), member_id=member, coupon_codes=codes)
    order = Order(basket, (Tender("cash", Money(10_000)),), "1007", prints=False, **more)
    return checkout(shop, order, clock=clock, ids=ids).sale


def layer(member: Member, stage: Stage, since: date) -> Layer:
    trade = Trade(member.member_id, date(2026, 1, 1), date(2026, 6, 1), 3, 5_000, None)
    return Layer(member.member_id, trade, Standing(stage, since), Score(1, 1, 1), 30, UNKNOWN, None, None, ())


def stand(shop: Shop, *layers: Layer) -> None:
    with shop.writing() as books:
        books.layers.put(layers, computed_on=date(2026, 9, 28))


def test_whoever_joins_is_given_the_gift_of_opening_once(stocked: Shop, clock: StillClock, ids: CountedIds) -> None:
    before = joined(stocked, clock, ids)
    set_policy(stocked, "coupon.on_join", "gift", clock=clock)

    member = joined(stocked, clock, ids, "13700000004")

    assert hers(stocked, before.member_id) == ()
    [coupon] = hers(stocked, member.member_id)
    assert (coupon.offer_id, coupon.amount, whys(stocked)) == ("gift", Money(500), ["join"])


@pytest.mark.parametrize("key", ["coupon.on_join", "coupon.birthday", "coupon.winback", "coupon.next_visit"])
def test_no_rule_names_a_template_that_nobody_wrote(stocked: Shop, clock: StillClock, key: str) -> None:
    with pytest.raises(UnknownTemplate):
        set_policy(stocked, key, "gifft", clock=clock)

    set_policy(stocked, key, "gift", clock=clock)
    set_policy(stocked, key, "", clock=clock)


@pytest.mark.parametrize(
    ("key", "rule"), [("points.gifts", "6901234567892 = 500; template {} = 200"), ("stamps.rules", "5 = template {}")]
)
def test_no_gift_and_no_stamp_names_one_either(stocked: Shop, clock: StillClock, key: str, rule: str) -> None:
    with pytest.raises(UnknownTemplate) as caught:
        set_policy(stocked, key, rule.format("gifft"), clock=clock)
    assert caught.value.template == "gifft"

    set_policy(stocked, key, rule.format("gift"), clock=clock)
    set_policy(stocked, key, "", clock=clock)


@pytest.mark.parametrize("named", ["nothing", "gift"])
def test_nobody_waits_for_a_template_that_is_gone(
    stocked: Shop, clock: StillClock, ids: CountedIds, named: str
) -> None:
    with stocked.writing() as books:  # as an older shop may have it
        for key in ("coupon.on_join", "coupon.next_visit"):
            books.policy.put(key, named, at=clock.now().isoformat())
    end_templates(stocked, ("gift",), clock=clock)

    member = joined(stocked, clock, ids)

    assert sold(stocked, clock, ids, member=member.member_id).total.fen > 0
    assert whys(stocked) == []


def test_a_birthday_is_given_for_in_time_and_once_a_year(stocked: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policy(stocked, "coupon.birthday", "gift", clock=clock)
    with stocked.writing() as books:
        books.members.put(replace(ALICE, birthday="10-05"))
        books.members.put(replace(BOB, birthday="10-06"))

    assert (give_due(stocked, clock=clock), give_due(stocked, clock=clock)) == (1, 0)
    assert [coupon.offer_id for coupon in hers(stocked)] == ["gift"]
    clock.go_on(days=1)
    assert give_due(stocked, clock=clock) == 1
    clock.go_on(days=365)
    assert give_due(stocked, clock=clock) == 2


def test_a_clock_set_back_a_year_gives_nothing_twice(stocked: Shop, clock: StillClock) -> None:
    set_policy(stocked, "coupon.birthday", "gift", clock=clock)
    with stocked.writing() as books:
        books.members.put(replace(ALICE, birthday="09-30"))

    given = [give_due(stocked, clock=clock)]
    clock.go_on(days=-365)
    given.append(give_due(stocked, clock=clock))
    clock.go_on(days=365)
    given.append(give_due(stocked, clock=clock))

    # of the year before none was given until the clock said so
    assert given == [1, 1, 0]


def test_who_turns_cold_is_won_back_once_a_turn(stocked: Shop, clock: StillClock) -> None:
    set_policy(stocked, "coupon.winback", "gift", clock=clock)
    today = clock.now().date()
    old, fresh = today - timedelta(days=90), today - timedelta(days=2)
    stand(stocked, layer(BOB, "cooling", old), layer(ALICE, "cooling", fresh))

    assert (give_due(stocked, clock=clock), give_due(stocked, clock=clock)) == (1, 0)
    assert len(hers(stocked)) == 1
    assert hers(stocked, BOB.member_id) == ()
    stand(stocked, layer(ALICE, "active", today), layer(BOB, "cooling", old))
    assert give_due(stocked, clock=clock) == 0
    stand(stocked, layer(ALICE, "cooling", today), layer(BOB, "cooling", old))
    assert give_due(stocked, clock=clock) == 1


def test_the_first_night_finds_everybody_somewhere_and_wins_nobody_back(stocked: Shop, clock: StillClock) -> None:
    set_policy(stocked, "coupon.winback", "gift", clock=clock)
    today = clock.now().date()
    stand(stocked, layer(BOB, "cooling", today), layer(ALICE, "lost", today))

    assert give_due(stocked, clock=clock) == 0


def test_a_coupon_is_no_message_and_writing_of_it_needs_her_consent(stocked: Shop, clock: StillClock) -> None:
    set_policy(stocked, "coupon.birthday", "gift", clock=clock)
    with stocked.writing() as books:
        books.members.put(replace(ALICE, birthday="09-29"))
    stand(stocked, layer(ALICE, "active", date(2026, 9, 1)))

    give_due(stocked, clock=clock)

    assert len(hers(stocked)) == 1
    assert outreach.prepare(stocked, clock=clock) == 0


def test_nobody_who_was_erased_is_given_anything(stocked: Shop, clock: StillClock) -> None:
    set_policy(stocked, "coupon.birthday", "gift", clock=clock)
    with stocked.writing() as books:
        books.members.put(replace(ALICE, birthday="09-29"))
    members.erase(stocked, ALICE.member_id, clock=clock)

    assert give_due(stocked, clock=clock) == 0


def test_a_sale_of_enough_earns_the_next_visit_and_the_same_request_earns_no_other(
    stocked: Shop, clock: StillClock, ids: CountedIds
) -> None:
    set_policy(stocked, "coupon.next_visit", "gift", clock=clock)
    set_policy(stocked, "coupon.next_visit_from_fen", 3_251, clock=clock)
    sold(stocked, clock, ids)
    assert whys(stocked) == []

    set_policy(stocked, "coupon.next_visit_from_fen", 3_250, clock=clock)
    sale = sold(stocked, clock, ids, request_id="r1", request_hash="h")
    sold(stocked, clock, ids, request_id="r1", request_hash="h")

    with stocked.reading() as books:
        [coupon] = books.coupons.by_receipt_token(sale.token)
    assert (coupon.member_id, coupon.state, whys(stocked)) == (None, "issued", ["next_visit"])
    assert [use.amount.fen for use in sold(stocked, clock, ids, coupon.code).coupons] == [500]


def test_goods_that_all_come_back_take_the_next_visit_with_them(
    stocked: Shop, clock: StillClock, ids: CountedIds
) -> None:
    set_policy(stocked, "coupon.next_visit", "gift", clock=clock)
    sale = sold(stocked, clock, ids)

    order = RefundOrder(sale.receipt, "1007", "unwanted", prints=False)
    refund(stocked, order, clock=clock, ids=ids)

    with stocked.reading() as books:
        assert [coupon.state for coupon in books.coupons.by_receipt_token(sale.token)] == ["void"]


def test_a_gift_by_hand_says_why_and_what_it_costs(stocked: Shop, clock: StillClock, ids: CountedIds) -> None:
    asked = Goodwill("gift", ALICE.member_id, "茶漏了", cost_fen=200, request_id="r1")

    made = give_by_hand(stocked, asked, clock=clock, ids=ids)

    assert give_by_hand(stocked, asked, clock=clock, ids=ids) == made
    with stocked.reading() as books:
        grant = books.coupon_grants.of_coupon(made.coupon_id)
    assert grant is not None
    assert (grant.why, grant.reason, grant.cost_fen, grant.by) == ("goodwill", "茶漏了", 200, "script")
    with pytest.raises(RequestReused):
        give_by_hand(stocked, replace(asked, member_id=BOB.member_id), clock=clock, ids=ids)
    with pytest.raises(ApprovalReasonMissing):
        give_by_hand(stocked, replace(asked, reason=" "), clock=clock, ids=ids)
    put_templates(stocked, (GIFT | {"most_per_member": 1},), clock=clock)
    with pytest.raises(CouponGivenBefore):
        give_by_hand(stocked, replace(asked, request_id=None), clock=clock, ids=ids)


def test_a_cashier_gives_none_away_alone(stocked: Shop, clock: StillClock, ids: CountedIds) -> None:
    with stocked.writing() as books:
        books.staff.put(Staff("1007", "小李", "cashier"))
        books.staff.put(Staff("1001", "店长", "manager"))
    asked = Goodwill("gift", ALICE.member_id, "茶漏了", by="1007")

    with pytest.raises(NeedsApproval):
        give_by_hand(stocked, asked, clock=clock, ids=ids)
    assert hers(stocked) == ()
    give_by_hand(stocked, replace(asked, approver="1001"), clock=clock, ids=ids)
    assert len(hers(stocked)) == 1


def test_two_tills_that_never_met_give_one_coupon(clock: StillClock, ids: CountedIds) -> None:
    codes = []
    for till in ("1", "2"):
        shop = MemoryShop(new_device(ids, store="S01", till=till), ids=ids)
        with shop.writing() as books:
            books.members.put(replace(ALICE, birthday="09-29"))
        put_templates(shop, (GIFT,), clock=clock)
        set_policy(shop, "coupon.birthday", "gift", clock=clock)
        give_due(shop, clock=clock)
        codes += [(coupon.coupon_id, coupon.code) for coupon in hers(shop)]

    assert len(codes) == 2
    assert codes[0] == codes[1]
