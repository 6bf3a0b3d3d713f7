"""A group order sheet the tests speak of: tea and cups, open from the still clock's today until tomorrow evening."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from storeapp.domain.basket import Basket
from storeapp.domain.group_order import GroupOrder
from storeapp.domain.money import Money
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till import group_orders, group_picking, group_sheets
from storeapp.till.checkout import Order, checkout
from storeapp.till.group_orders import Wanted
from storeapp.till.ports import Shop
from storeapp.till.quoting import quote
from tests.fakes.still import SHANGHAI, CountedIds, StillClock
from tests.fakes.things import CUP, TEA

MOON: dict[str, Any] = {
    "id": "moon",
    "name": "中秋团",
    "goods": [
        {"code": TEA.code, "price_fen": 280, "per_person": 6, "in_all": 10},
        {"code": CUP.code, "price_fen": 3990},
    ],
    "deadline": "2026-09-29 20:00",
    "pickup_from": "2026-09-30 10:00",
    "pickup_until": "2026-10-02 20:00",
    "leader": {"name": "张姐"},
    "reward_percent": "5",
}
FETCHING = datetime(2026, 9, 30, 11, 0, tzinfo=SHANGHAI)


def opened(shop: Shop, clock: StillClock, **change: Any) -> None:
    """The sheet takes orders."""
    group_sheets.put_sheets(shop, (MOON | change,), clock=clock)
    group_sheets.turn(shop, "moon", "open", clock=clock)


def ordered(
    shop: Shop, clock: StillClock, ids: CountedIds, *, tea: int = 2, cups: int = 1, sheet: str = "moon", **who: Any
) -> GroupOrder:
    """Somebody's order; 王五's if nobody is named."""
    wants = ((TEA.code, tea * 1000), (CUP.code, cups * 1000))
    lines = tuple((code, milli) for code, milli in wants if milli)
    wanted = Wanted(sheet, lines, **(who or {"name": "王五"}))
    return group_orders.take(shop, wanted, by="1007", clock=clock, ids=ids)


def arrived(shop: Shop, clock: StillClock) -> None:
    """The deadline is over, and what was ordered is here to be fetched."""
    clock.moment = FETCHING
    group_sheets.turn(shop, "moon", "bought", clock=clock)
    group_sheets.turn(shop, "moon", "arrived", clock=clock)


def filled(shop: Shop, clock: StillClock, code: str, wants: tuple[tuple[str, int], ...] | None = None) -> Basket:
    """An empty basket with what the code stands for."""
    with shop.reading() as books:
        return group_picking.fill(books, Basket(), code, now=clock.now(), wants=wants)


def paid(shop: Shop, clock: StillClock, ids: CountedIds, basket: Basket) -> Sale:
    """The basket paid in cash to the fen."""
    with shop.reading() as books:
        due = quote(books, basket, at=clock.now(), ids=ids).priced.total
    tenders = (Tender("cash", due),) if due != Money(0) else ()
    return checkout(shop, Order(basket, tenders, "1007", prints=False, cash_rounding="fen"), clock=clock, ids=ids).sale
