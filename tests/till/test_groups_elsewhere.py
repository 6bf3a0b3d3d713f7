"""Another till's group orders as the cloud tells them: handed out like one's own, and heard as often as they come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storeapp.domain import pickup_code
from storeapp.domain.group_order import (
    GroupOrder,
    OrderElsewhere,
    OrderLine,
    Pick,
    PickedUpBefore,
    PickLine,
    PickupElsewhere,
    PickupTooMuch,
    ToldOrder,
    left_of,
)
from storeapp.domain.group_sheet import GroupGoods, GroupSheet
from storeapp.domain.money import Money
from storeapp.domain.refund import Asked
from storeapp.till import commissions, group_orders, group_picking, group_rewards, group_sheets, groups_elsewhere
from storeapp.till.ports import Shop
from storeapp.till.refunds import RefundOrder, refund
from tests.fakes.grouping import FETCHING, arrived, filled, opened, ordered, paid
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import CUP, TEA

THERE = "0192f0a0-0000-7000-8000-0000000000d2"
CODE = pickup_code.make(77, "theirs")
AT = FETCHING - timedelta(hours=2)
SHEET = GroupSheet(
    "moon",
    "隔壁团",
    (GroupGoods(TEA.code, Money(250)),),
    deadline=AT,
    pickup_from=AT,
    pickup_until=AT + timedelta(days=2),
    reward=1000,
    state="arrived",
    version=3,
    changed_at=AT.isoformat(),
)
ORDER = GroupOrder(
    "theirs", "moon", 1, CODE, None, "", "", (OrderLine(TEA.code, TEA.name, 2000, Money(250)),), AT.isoformat(), "1001",
    "counter",
)  # fmt: skip
PICK = Pick("theirs", 0, "s-there", "S01-2-20260930-0001", AT.isoformat(), (PickLine(1, TEA.code, 2000),), left_fen=500)


@pytest.fixture
def shop(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        books.products.put([CUP, TEA])
    clock.moment = FETCHING
    return bare


def hears(shop: Shop, *said: GroupSheet | ToldOrder | Pick) -> None:
    with shop.writing() as books:
        for each in said:
            if isinstance(each, GroupSheet):
                groups_elsewhere.hear_sheet(books, THERE, each)
            elif isinstance(each, ToldOrder):
                groups_elsewhere.hear_order(books, each)
            else:
                groups_elsewhere.hear_pick(books, each)


def left(shop: Shop) -> dict[str, int]:
    with shop.reading() as books:
        order = group_picking.behind(books, CODE)
        return left_of(order, books.groups.picks(order.order_id))


def test_it_is_handed_out_here_like_an_own_one_and_its_leaders_share_is_told(
    shop: Shop, clock: StillClock, ids: CountedIds
) -> None:
    hears(shop, SHEET, ToldOrder(ORDER, THERE))
    # the own sheet of the same name is another one
    clock.go_on(days=-2)
    opened(shop, clock)
    clock.moment = FETCHING

    sale = paid(shop, clock, ids, filled(shop, clock, CODE))

    assert [(cut.reason, cut.note) for cut in sale.lines[0].cuts] == [("group_price", "隔壁团")]
    with pytest.raises(PickedUpBefore):
        filled(shop, clock, CODE)
    with shop.reading() as books:
        [told] = commissions.of_month(books, date(2026, 9, 1)).leaders
        assert [entry.type for entry in books.journal.after(0, limit=100)][-1] == "group_order.picked"
    assert (told.who, told.name, told.net_fen, told.fen) == ("", "隔壁团", 500, 50)
    back = RefundOrder(sale.receipt, "script", "x", (Asked(1, 1000),), in_cash=True)
    refund(shop, back, clock=clock, ids=ids)
    with shop.reading() as books:
        assert commissions.of_month(books, date(2026, 9, 1)).leaders[0].net_fen == 250


def test_before_its_sheet_has_come_it_is_elsewhere(shop: Shop, clock: StillClock) -> None:
    hears(shop, ToldOrder(ORDER, THERE))
    with pytest.raises(PickupElsewhere) as refused:
        filled(shop, clock, CODE)
    assert refused.value.till == 77

    hears(shop, SHEET)

    assert len(filled(shop, clock, CODE).lines) == 1
    with pytest.raises(OrderElsewhere):
        group_orders.cancel(shop, CODE, by="1007", clock=clock)


def test_what_is_told_again_changes_nothing_and_what_is_told_later_does(shop: Shop, clock: StillClock) -> None:
    later = replace(SHEET, changed_at=FETCHING.isoformat(), version=4, name="隔壁新团")
    half = replace(PICK, lines=(PickLine(1, TEA.code, 500),))
    for _ in range(2):
        hears(shop, half, later, SHEET, ToldOrder(ORDER, THERE))

    assert left(shop) == {TEA.code: 1500}
    with pytest.raises(PickupTooMuch):
        filled(shop, clock, CODE, ((TEA.code, 2000),))
    with shop.reading() as books:
        told = books.groups.elsewhere.by_code(CODE)
    assert told is not None
    assert told.sheet is not None
    assert (told.sheet.name, told.order) == ("隔壁新团", ORDER)
    hears(shop, replace(half, is_void=True, left_fen=0))
    assert left(shop) == {TEA.code: 2000}


def test_what_this_till_holds_itself_it_is_not_told(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    clock.go_on(days=-2)
    opened(shop, clock)
    order = ordered(shop, clock, ids)
    arrived(shop, clock)
    basket = filled(shop, clock, order.code, ((TEA.code, 1000),))
    own = paid(shop, clock, ids, basket)
    with shop.reading() as books:
        here = books.device.device_id
        [pick] = books.groups.picks(order.order_id)

    hears(shop, ToldOrder(replace(order, lines=order.lines[:1]), here), replace(pick, n=0, left_fen=1))
    elsewhere = replace(PICK, order_id=order.order_id, lines=(PickLine(1, TEA.code, 1000),), left_fen=280)
    hears(shop, elsewhere)

    with shop.reading() as books:
        picks = books.groups.picks(order.order_id)
        assert sorted(each.receipt for each in picks) == sorted([own.receipt, PICK.receipt])
        assert left_of(order, picks) == {CUP.code: 1000}
        found = group_sheets.whole(books, "moon", now=clock.now())
        reward = group_rewards.reward_of(books, found)
    assert reward is not None
    assert (reward.net_fen, reward.sales) == (560, 2)


def test_a_pickup_that_comes_before_its_order_is_kept_for_it(shop: Shop, clock: StillClock) -> None:
    hears(shop, PICK)
    hears(shop, SHEET, ToldOrder(ORDER, THERE))

    with pytest.raises(PickedUpBefore) as refused:
        filled(shop, clock, CODE)
    assert (refused.value.receipt, left(shop)) == (PICK.receipt, {})
