"""Aggregate purchase list: what a sheet's orders come to, what lies in the shop, and what has to be bought."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storeapp.domain.group_order import GroupOrder, ordered
from storeapp.domain.group_sheet import GroupSheet
from storeapp.domain.money import ZERO, Money, total
from storeapp.domain.product import Product
from storeapp.domain.quantity import Quantity, as_decimal, times


@dataclass(frozen=True, slots=True)
class Need:
    """One product. Thousandths; `stock` is None where nobody counted, `cost` None where nobody said what it costs."""

    code: str
    name: str
    unit: str
    orders: int
    ordered: int
    picked: int
    stock: int | None
    to_buy: int
    cost: Money | None
    price: Money

    @property
    def waiting(self) -> int:
        """What is spoken for and not fetched: so much of the stock is not for sale."""
        return self.ordered - self.picked


@dataclass(frozen=True, slots=True)
class PurchaseList:
    """What one sheet needs. `uncosted` counts the goods whose cost nobody knows."""

    sheet_id: str
    name: str
    stage: str
    orders: int
    needs: tuple[Need, ...]

    @property
    def cost(self) -> Money:
        return total(need.cost or ZERO for need in self.needs)

    @property
    def uncosted(self) -> int:
        return sum(need.cost is None and need.to_buy > 0 for need in self.needs)


def needs_of(
    sheet: GroupSheet,
    orders: Sequence[GroupOrder],
    *,
    picked: Mapping[str, int],
    stock: Mapping[str, int],
    product_of: Callable[[str], Product | None],
) -> tuple[Need, ...]:
    """Everything on the sheet, and what was ordered while it was; `picked` and `stock` are thousandths by code."""
    sums = ordered(orders)
    codes = dict.fromkeys([*(goods.code for goods in sheet.goods), *sums])
    return tuple(_need(sheet, code, orders, sums, picked, stock, product_of(code)) for code in codes)


def _need(
    sheet: GroupSheet,
    code: str,
    orders: Iterable[GroupOrder],
    sums: Mapping[str, int],
    picked: Mapping[str, int],
    stock: Mapping[str, int],
    product: Product | None,
) -> Need:
    lines = [line for order in orders if not order.cancelled_at for line in order.lines if line.code == code]
    goods, counted = sheet.goods_of(code), stock.get(code)
    waiting = sums.get(code, 0) - picked.get(code, 0)
    to_buy = max(waiting - max(counted or 0, 0), 0)
    each = None if product is None else product.cost
    cost = None if each is None else times(each, Quantity(to_buy)) if to_buy else ZERO
    return Need(
        code=code,
        name=product.name if product is not None else lines[0].name if lines else code,
        unit="" if product is None else product.unit,
        orders=len(lines),
        ordered=sums.get(code, 0),
        picked=picked.get(code, 0),
        stock=counted,
        to_buy=to_buy,
        cost=cost,
        price=goods.price if goods is not None else lines[0].price,
    )


def as_data(found: PurchaseList) -> dict[str, Any]:
    """The list as a script reads it."""
    return {
        "id": found.sheet_id,
        "name": found.name,
        "stage": found.stage,
        "orders": found.orders,
        "cost_fen": found.cost.fen,
        "uncosted": found.uncosted,
        "goods": [
            {
                "code": need.code,
                "name": need.name,
                "orders": need.orders,
                "ordered": as_decimal(need.ordered),
                "picked": as_decimal(need.picked),
                "waiting": as_decimal(need.waiting),
                "stock": None if need.stock is None else as_decimal(need.stock),
                "to_buy": as_decimal(need.to_buy),
                "cost_fen": None if need.cost is None else need.cost.fen,
            }
            for need in found.needs
        ],
    }
