"""Group orders: taken within their limits, fetched by code at the group's prices, once, and paid like any sale."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storeapp.domain import basket as baskets
from storeapp.domain import pickup_code
from storeapp.domain.basket import Basket, Line
from storeapp.domain.basket_data import as_data, from_data
from storeapp.domain.group_order import (
    NobodyOrders,
    NotOnSheet,
    OrderCancelled,
    OverPersonLimit,
    OverSheetLimit,
    PickedUpBefore,
    PickupElsewhere,
    PickupInBasket,
    PickupNotYet,
    PickupOver,
    PickupTooMuch,
    UnknownPickup,
)
from storeapp.domain.group_sheet import GroupNotSo, UnknownGroupSheet
from storeapp.domain.member import UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.own_member import OwnMember
from storeapp.domain.product import UnknownCode
from storeapp.domain.quantity import PartOfAPiece, Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.staff import NotAllowed
from storeapp.errors import Refused
from storeapp.till import group_orders, group_rewards, group_sheets, shifts
from storeapp.till.checkout import Order, checkout
from storeapp.till.group_orders import Wanted
from storeapp.till.group_purchase import purchase_list
from storeapp.till.merging import Merge, merge
from storeapp.till.ports import Shop
from storeapp.till.promotions import go_live, put_promotions
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.staff import put_staff
from tests.fakes.grouping import FETCHING, MOON, arrived, filled, opened, ordered, paid
from tests.fakes.shops import NOT_SO
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, COUPON, CUP, NOODLES, TEA, a_device

HALF = {"id": "half", "name": "半价", "kind": "percent", "scope": {"codes": [CUP.code, TEA.code]}, "percent_off": 50}


@pytest.fixture
def shop(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        books.products.put([replace(CUP, cost=Money(2000)), TEA, NOODLES])
        books.members.put(ALICE)
        books.members.put(BOB)
    opened(bare, clock)
    return bare


def test_a_code_fills_the_basket_and_it_is_paid_like_any_sale(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids)
    arrived(shop, clock)

    sale = paid(shop, clock, ids, filled(shop, clock, f"tg-{order.code[2:].lower()}"))

    assert sale.total == Money(2 * 280 + 3990)
    assert [[(cut.reason, cut.note, cut.ref) for cut in line.cuts] for line in sale.lines] == [
        [("group_price", "中秋团", "moon")],
        [("group_price", "中秋团", "moon")],
    ]
    with shop.reading() as books:
        [pick] = books.groups.picks(order.order_id)
        assert group_sheets.whole(books, "moon", now=clock.now()).stage == "picked"
    assert (pick.receipt, pick.sale_id) == (sale.receipt, sale.sale_id)


def test_an_order_is_fetched_once(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids)
    arrived(shop, clock)
    basket = filled(shop, clock, order.code)
    first = paid(shop, clock, ids, basket)
    clock.go_on(minutes=5)

    with pytest.raises(PickedUpBefore) as refused:
        filled(shop, clock, order.code)
    # whoever filled a basket before the other one was paid finds the same
    with pytest.raises(PickedUpBefore):
        paid(shop, clock, ids, basket)

    assert (refused.value.receipt, refused.value.at) == (first.receipt, first.at)


def test_the_database_itself_refuses_a_second_fetching(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids)
    arrived(shop, clock)
    paid(shop, clock, ids, filled(shop, clock, order.code))
    with shop.reading() as books:
        [pick] = books.groups.picks(order.order_id)

    with pytest.raises(NOT_SO, match=r"UNIQUE|same time"), shop.writing() as books:
        books.groups.add_pick(replace(pick, sale_id="another"))


def test_part_of_it_is_fetched_now_and_the_rest_later(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids, tea=3)
    arrived(shop, clock)

    first = paid(shop, clock, ids, filled(shop, clock, order.code, ((TEA.code, 2000),)))
    with pytest.raises(PickupTooMuch) as refused:
        filled(shop, clock, order.code, ((TEA.code, 2000),))
    with pytest.raises(PartOfAPiece):
        filled(shop, clock, order.code, ((TEA.code, 500),))
    second = paid(shop, clock, ids, filled(shop, clock, order.code))

    assert (refused.value.product, refused.value.left) == (TEA.name, "1")
    assert (first.total, second.total) == (Money(560), Money(280 + 3990))
    with pytest.raises(PickedUpBefore):
        filled(shop, clock, order.code)


def test_no_more_is_handed_out_than_was_ordered(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids, tea=1, cups=0)
    arrived(shop, clock)
    basket = baskets.set_quantity(filled(shop, clock, order.code), 1, Quantity(2000))

    with pytest.raises(PickupTooMuch):
        paid(shop, clock, ids, basket)

    # the same goods rung up beside it cost what they cost
    beside = baskets.add(filled(shop, clock, order.code), Line(TEA))
    assert [line.pickup for line in beside.lines] == [order.code, ""]
    assert paid(shop, clock, ids, beside).total == Money(280 + 350)


def test_a_void_lets_it_be_fetched_again_and_a_refund_does_not(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids, cups=0)
    arrived(shop, clock)
    shifts.open_shift(shop, by="1007", float_amount=Money(10_000), clock=clock, ids=ids)
    sale = paid(shop, clock, ids, filled(shop, clock, order.code))
    refund(shop, RefundOrder(sale.receipt, "script", "x", kind="void", in_cash=True), clock=clock, ids=ids)

    again = paid(shop, clock, ids, filled(shop, clock, order.code))
    refund(shop, RefundOrder(again.receipt, "script", "x", in_cash=True), clock=clock, ids=ids)

    with pytest.raises(PickedUpBefore) as refused:
        filled(shop, clock, order.code)
    assert refused.value.receipt == again.receipt


def test_promotions_and_coupons_leave_the_agreed_price_alone(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    put_promotions(shop, (HALF,), clock=clock)
    go_live(shop, ("half",), clock=clock, unreplayed=True)
    order = ordered(shop, clock, ids)
    arrived(shop, clock)
    with shop.writing() as books:
        books.coupons.put(replace(COUPON, valid_until=FETCHING.date()))
    basket = baskets.add(filled(shop, clock, order.code), Line(CUP))

    plain = paid(shop, clock, ids, baskets.attach_coupon(basket, COUPON.code))

    agreed, of_shelf = plain.lines[:2], plain.lines[2]
    assert sum(line.net.fen for line in agreed) == 2 * 280 + 3990
    assert [cut.reason for cut in of_shelf.cuts] == ["promotion", "coupon"]
    assert of_shelf.net == Money(4990 // 2 - 500)


def test_nobody_pays_more_than_the_shelf_asks(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids, cups=0)
    arrived(shop, clock)
    with shop.writing() as books:
        books.products.put([replace(TEA, price=Money(250), member_price=None)])

    assert paid(shop, clock, ids, filled(shop, clock, order.code)).total == Money(500)


def test_an_order_keeps_the_price_it_was_taken_at(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids, cups=0)
    dearer = [{"code": TEA.code, "price_fen": 300}]
    group_sheets.put_sheets(shop, (MOON | {"goods": dearer},), clock=clock)
    arrived(shop, clock)

    assert paid(shop, clock, ids, filled(shop, clock, order.code)).total == Money(560)


def test_a_members_order_brings_her_along_once(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids, phone="138 0000 0001", name="芳")
    arrived(shop, clock)

    basket = filled(shop, clock, order.code)

    assert (order.member_id, order.name, order.phone) == (ALICE.member_id, "", "")
    assert basket.member_id == ALICE.member_id
    with shop.reading() as books, pytest.raises(PickupInBasket):
        from storeapp.till import group_picking

        group_picking.fill(books, basket, order.code, now=clock.now())


def test_a_basket_outlives_a_power_cut_with_its_order(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids)
    arrived(shop, clock)
    basket = filled(shop, clock, order.code)

    again = from_data(as_data(basket))

    assert again == basket
    old = as_data(Basket((Line(TEA),)))
    old["lines"][0].pop("pickup")
    assert from_data(old) == Basket((Line(TEA),))


@pytest.mark.parametrize(
    ("hours", "state", "refusal"),
    [(0, None, PickupNotYet), (40, None, PickupNotYet), (31, "arrived", PickupNotYet), (200, "arrived", PickupOver)],
)
def test_it_is_fetched_when_it_is_here_and_not_too_late(
    shop: Shop, clock: StillClock, ids: CountedIds, hours: int, state: str | None, refusal: type[Refused]
) -> None:
    order = ordered(shop, clock, ids)
    if state == "arrived":
        clock.go_on(hours=30)
        group_sheets.turn(shop, "moon", "arrived", clock=clock)
        clock.go_on(hours=-30)
    clock.go_on(hours=hours)

    with pytest.raises(refusal):
        filled(shop, clock, order.code)


def test_codes_of_nobody_and_of_other_tills_are_told_apart(shop: Shop, clock: StillClock) -> None:
    number = a_device().capture_key.till_number

    with pytest.raises(UnknownPickup):
        filled(shop, clock, pickup_code.make(number, "nobody's"))
    with pytest.raises(PickupElsewhere) as refused:
        filled(shop, clock, pickup_code.make(3, "another till's"))

    assert refused.value.till == 3


def test_a_cancelled_order_is_not_handed_out_and_frees_its_place(
    shop: Shop, clock: StillClock, ids: CountedIds
) -> None:
    order = ordered(shop, clock, ids, tea=6, cups=0)
    ordered(shop, clock, ids, tea=4, cups=0, name="李四")
    with pytest.raises(OverSheetLimit):
        ordered(shop, clock, ids, tea=1, cups=0, name="赵六")

    group_orders.cancel(shop, order.code, by="1007", clock=clock)

    ordered(shop, clock, ids, tea=6, cups=0, name="赵六")
    with pytest.raises(OrderCancelled):
        group_orders.cancel(shop, order.code, by="1007", clock=clock)
    arrived(shop, clock)
    with pytest.raises(OrderCancelled):
        filled(shop, clock, order.code)


def test_one_person_gets_what_one_person_gets(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    ordered(shop, clock, ids, tea=4, cups=0, phone="13900000009", name="王五")
    ordered(shop, clock, ids, tea=3, cups=0, name="王五")

    with pytest.raises(OverPersonLimit) as refused:
        ordered(shop, clock, ids, tea=3, cups=0, phone="13900000009", name="别名")

    assert (refused.value.most, refused.value.left) == (6, "2")


def test_two_members_who_are_one_share_a_limit(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    ordered(shop, clock, ids, tea=4, cups=0, member_id=BOB.member_id)
    merge(shop, Merge(ALICE.member_id, BOB.member_id, "x", "script"), clock=clock, ids=ids)

    with pytest.raises(OverPersonLimit):
        ordered(shop, clock, ids, tea=3, cups=0, member_id=ALICE.member_id)
    with shop.reading() as books:
        assert len(books.groups.of_member(ALICE.member_id)) == 1
        assert [row.kind for row in books.timeline.of(ALICE.member_id)].count("group") == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"sheet_id": "none"}, UnknownGroupSheet),
        ({"lines": ((NOODLES.code, 1000),)}, NotOnSheet),
        ({"lines": (("nothing", 1000),)}, UnknownCode),
        ({"lines": ((TEA.code, 0),)}, Refused),
        ({"lines": ((TEA.code, 1500),)}, PartOfAPiece),
        ({"lines": ()}, Refused),
        ({"name": "  "}, NobodyOrders),
        ({"name": "a\nb"}, NobodyOrders),
        ({"phone": "123"}, Refused),
        ({"member_id": "nobody"}, UnknownMember),
    ],
)
def test_what_is_refused_changes_nothing(
    shop: Shop, clock: StillClock, ids: CountedIds, change: dict[str, Any], refusal: type[Refused]
) -> None:
    wanted = replace(Wanted("moon", ((TEA.code, 1000),), name="王五"), **change)

    with pytest.raises(refusal):
        group_orders.take(shop, wanted, by="1007", clock=clock, ids=ids)

    with shop.reading() as books:
        assert books.groups.orders("moon") == ()


def test_the_deadline_closes_a_sheet_by_itself(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    ordered(shop, clock, ids)
    clock.go_on(hours=30)

    with pytest.raises(GroupNotSo) as refused:
        ordered(shop, clock, ids)

    assert refused.value.stage == "closed"


def test_staff_do_not_order_for_themselves_nor_make_sheets(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    put_staff(shop, "1007", name="小陈", role="cashier", pin="246810", clock=clock, phone=ALICE.phone)

    with pytest.raises(OwnMember):
        ordered(shop, clock, ids, member_id=ALICE.member_id)
    with pytest.raises(NotAllowed):
        group_sheets.put_sheets(shop, (MOON | {"id": "mine"},), clock=clock, by="1007")
    with pytest.raises(NotAllowed):
        group_sheets.turn(shop, "moon", "closed", clock=clock, by="1007")


def test_names_of_strangers_go_when_the_sheet_is_over(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    ordered(shop, clock, ids, phone="13900000009", name="王五")
    group_sheets.turn(shop, "moon", "over", clock=clock)

    with shop.reading() as books:
        [order] = books.groups.orders("moon")
        said = b"".join(entry.body for entry in books.journal.after(0))
    assert (order.name, order.phone) == ("", "")
    assert "王五".encode() not in said
    assert b"13900000009" not in said
    assert "张姐".encode() not in said


def test_names_go_a_month_after_a_sheet_nobody_ended(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    ordered(shop, clock, ids, name="王五")
    clock.go_on(days=30)
    assert group_sheets.forget_long_over(shop, clock=clock) == 0

    clock.go_on(days=10)
    assert group_sheets.forget_long_over(shop, clock=clock) == 1

    with shop.reading() as books:
        assert [order.name for order in books.groups.orders("moon")] == [""]


def test_a_leader_who_was_merged_still_leads(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    group_sheets.put_sheets(shop, (MOON | {"leader": {"member": BOB.phone}},), clock=clock)
    merge(shop, Merge(ALICE.member_id, BOB.member_id, "x", "script"), clock=clock, ids=ids)

    with shop.reading() as books:
        sheet = group_sheets.known(books, "moon")
        assert group_sheets.leader_of(books, sheet) == ALICE.name
        assert [led.sheet_id for led in group_sheets.led_by(books, (ALICE.member_id, BOB.member_id))] == ["moon"]


def test_what_has_to_be_bought_is_what_is_spoken_for_and_not_there(
    shop: Shop, clock: StillClock, ids: CountedIds
) -> None:
    ordered(shop, clock, ids, tea=2, cups=9)
    ordered(shop, clock, ids, tea=3, cups=6, name="李四")
    gone = ordered(shop, clock, ids, tea=1, cups=1, name="赵六")
    group_orders.cancel(shop, gone.code, by="1007", clock=clock)

    with shop.reading() as books:
        tea, cups = purchase_list(books, "moon", clock=clock).needs

    assert (tea.ordered, tea.stock, tea.to_buy, tea.cost) == (5000, None, 5000, None)
    assert (cups.orders, cups.ordered, cups.stock, cups.to_buy, cups.cost) == (2, 15000, 12000, 3000, Money(6000))


def test_the_leaders_share_is_of_what_was_paid_and_stayed(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids, tea=4, cups=1)
    ordered(shop, clock, ids, name="不来")
    arrived(shop, clock)
    # what lies beside it in the basket is none of the leader's business
    sale = paid(shop, clock, ids, baskets.add(filled(shop, clock, order.code), Line(TEA)))
    with shop.reading() as books:
        before = group_rewards.reward_of(books, group_sheets.whole(books, "moon", now=clock.now()))
    lines = (Asked(1, 1000), Asked(3, 1000))
    refund(shop, RefundOrder(sale.receipt, "script", "x", lines, in_cash=True), clock=clock, ids=ids)

    with shop.reading() as books:
        after = group_rewards.reward_of(books, group_sheets.whole(books, "moon", now=clock.now()))

    assert before is not None
    assert after is not None
    assert (before.net_fen, before.fen) == (4 * 280 + 3990, (4 * 280 + 3990) // 20)
    assert (after.net_fen, after.fen, after.sales, after.refunds) == (3 * 280 + 3990, (3 * 280 + 3990) // 20, 1, 1)


def test_a_leader_who_works_here_has_no_share(shop: Shop, clock: StillClock) -> None:
    put_staff(shop, "1003", name="周敏", role="manager", pin="246810", clock=clock, phone=ALICE.phone)
    group_sheets.put_sheets(shop, (MOON | {"leader": {"member": "13800000001"}},), clock=clock)

    with shop.reading() as books:
        found = group_sheets.whole(books, "moon", now=clock.now())
        assert found.sheet.leader_id == ALICE.member_id
        assert group_rewards.reward_of(books, found) is None


def test_later_pickup_brings_back_who_did_not_come(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids)
    arrived(shop, clock)
    clock.go_on(days=5)
    with pytest.raises(PickupOver):
        filled(shop, clock, order.code)

    until = (clock.now() + timedelta(days=1)).isoformat()
    group_sheets.put_sheets(shop, (MOON | {"pickup_until": until},), clock=clock)

    assert len(filled(shop, clock, order.code).lines) == 2


def test_a_sale_that_fails_fetches_nothing(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids)
    arrived(shop, clock)

    with pytest.raises(Refused):
        checkout(shop, Order(filled(shop, clock, order.code), (), "1007"), clock=clock, ids=ids)

    with shop.reading() as books:
        assert books.groups.picks(order.order_id) == ()
