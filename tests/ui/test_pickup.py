"""Scanning a pick-up code at the counter: the basket is filled at the group's prices, and a wrong code says why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from storeapp.domain.basket import Basket
from storeapp.domain.group_order import GroupOrder, OrderCancelled, PickupInBasket, PickupTooMuch
from storeapp.domain.money import Money
from storeapp.domain.pickup_code import BadPickupCode
from storeapp.till import group_orders, group_sheets
from storeapp.till.group_orders import Wanted
from storeapp.ui.sell.presenter import SellPresenter
from tests.ui.scene import ALICE, MILK, WATER, Scene
from tests.ui.seen_selling import SeenSelling


@pytest.fixture
def order(here: Scene) -> GroupOrder:
    """Alice ordered two of milk and one of water, and it is here."""
    desk = here.desk
    now = desk.clock.now()
    row: dict[str, Any] = {
        "id": "moon",
        "name": "中秋团",
        "goods": [{"code": MILK.code, "price_fen": 4990}, {"code": WATER.code, "price_fen": 100}],
        "deadline": (now + timedelta(minutes=1)).isoformat(),
        "pickup_from": (now + timedelta(minutes=1)).isoformat(),
        "pickup_until": (now + timedelta(days=1)).isoformat(),
    }
    group_sheets.put_sheets(desk.shop, (row,), clock=desk.clock)
    group_sheets.turn(desk.shop, "moon", "open", clock=desk.clock)
    wanted = Wanted("moon", ((MILK.code, 2000), (WATER.code, 1000)), member_id=ALICE.member_id)
    taken = group_orders.take(desk.shop, wanted, by="1002", clock=desk.clock, ids=desk.ids)
    past = {key: (now - timedelta(minutes=1)).isoformat() for key in ("deadline", "pickup_from")}
    group_sheets.put_sheets(desk.shop, (row | past,), clock=desk.clock)
    group_sheets.turn(desk.shop, "moon", "arrived", clock=desk.clock)
    return taken


def test_a_scanned_code_fills_the_basket(order: GroupOrder, sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(WATER.code)
    sell.scan(order.code)

    assert seen.rung == [(WATER.name, "1"), (MILK.name, "2"), (WATER.name, "1")]
    assert seen.state.member is not None
    assert seen.state.member.member_id == ALICE.member_id
    assert sum(line.net.fen for line in seen.state.priced.lines[1:]) == 2 * 4990 + 100
    sell.undo()
    assert seen.rung == [(WATER.name, "1")]


def test_a_typed_code_is_forgiven_its_spaces(order: GroupOrder, sell: SellPresenter, seen: SeenSelling) -> None:
    sell.submit(f"{order.code[:2]} {order.code[2:6]} {order.code[6:].lower()}")

    assert len(seen.rung) == 2


def test_a_code_in_the_basket_is_not_taken_twice(order: GroupOrder, sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(order.code)
    sell.scan(order.code)

    assert [type(error) for error in seen.told] == [PickupInBasket]
    assert len(seen.rung) == 2


def test_less_of_it_may_go_and_more_may_not(order: GroupOrder, sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan(order.code)

    sell.step(0, 1)
    assert [type(error) for error in seen.told] == [PickupTooMuch]
    sell.step(0, -1)

    assert seen.rung == [(MILK.name, "1"), (WATER.name, "1")]


def test_a_wrong_character_is_told_and_leaves_no_red_row(
    order: GroupOrder, sell: SellPresenter, seen: SeenSelling
) -> None:
    wrong = order.code[:-1] + ("0" if order.code[-1] != "0" else "1")

    sell.scan(wrong)

    assert [type(error) for error in seen.told] == [BadPickupCode]
    assert seen.state.unknown_codes == ()


def test_an_order_that_is_cancelled_meanwhile_is_let_go_of(
    order: GroupOrder, sell: SellPresenter, seen: SeenSelling, here: Scene
) -> None:
    sell.scan(order.code)
    group_orders.cancel(here.desk.shop, order.code, by="1002", clock=here.desk.clock)

    sell.refresh()

    assert [type(error) for error in seen.told] == [OrderCancelled]
    assert sell.for_payment()[0].pickups == ()
    assert seen.state.due > Money(2 * 4990 + 100)


def test_an_order_of_nobody_fills_nothing(here: Scene, sell: SellPresenter, seen: SeenSelling) -> None:
    sell.scan("TG00000000")

    assert len(seen.told) == 1
    assert sell.state.priced.lines == ()
    assert Basket().pickups == ()
