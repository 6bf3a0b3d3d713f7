"""A shop with group orders: one sheet that is fetched, one that takes orders, one that is a draft."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from storeapp.domain.basket import Basket
from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from storeapp.till import group_orders, group_picking, group_sheets
from storeapp.till.checkout import Order, checkout
from storeapp.till.group_orders import Wanted
from tests.ui.scene import MILK, TISSUE, WATER, Scene

GOODS = [
    {"code": MILK.code, "price_fen": 5990, "per_person": 2, "in_all": 100},
    {"code": WATER.code, "price_fen": 150, "per_person": 12},
    {"code": TISSUE.code, "price_fen": 2190},
]


def sheet(here: Scene, name: str, *, hours: float, **more: Any) -> dict[str, Any]:
    """Its deadline is so many hours from now, and it is fetched for two days from then on."""
    now = here.desk.clock.now()
    moments = {"deadline": hours, "pickup_from": hours, "pickup_until": hours + 48}
    row = {"id": name, "name": name, "goods": GOODS, "leader": {"name": "张姐"}, "reward_percent": "3"}
    return row | {key: (now + timedelta(hours=later)).isoformat() for key, later in moments.items()} | more


def grouped(here: Scene) -> None:
    """`moon` has arrived, with one of its four orders fetched and one cancelled; `milk` is open, `snack` a draft."""
    desk = here.desk
    how: dict[str, Any] = {"clock": desk.clock}
    group_sheets.put_sheets(desk.shop, (sheet(here, "moon", hours=1),), **how)
    group_sheets.turn(desk.shop, "moon", "open", **how)
    people = (
        ("", "13800006621", ((MILK.code, 2000), (WATER.code, 12_000))),
        ("张三", "", ((MILK.code, 1000),)),
        ("李四丽", "13900000001", ((TISSUE.code, 3000), (WATER.code, 6000), (MILK.code, 1000))),
        ("王五", "", ((WATER.code, 3000),)),
    )
    orders = [
        group_orders.take(desk.shop, Wanted("moon", lines, phone=phone, name=name), by="1001", ids=desk.ids, **how)
        for name, phone, lines in people
    ]
    group_orders.cancel(desk.shop, orders[3].code, by="1001", **how)
    group_sheets.put_sheets(desk.shop, (sheet(here, "moon", hours=-1),), **how)
    group_sheets.turn(desk.shop, "moon", "arrived", **how)
    with desk.shop.reading() as books:
        basket = group_picking.fill(books, Basket(), orders[1].code, now=desk.clock.now())
    checkout(desk.shop, Order(basket, (Tender("cash", Money(5990)),), "1001"), ids=desk.ids, **how)
    for name in ("milk", "snack"):
        group_sheets.put_sheets(desk.shop, (sheet(here, name, hours=5),), **how)
    group_sheets.turn(desk.shop, "milk", "open", **how)
