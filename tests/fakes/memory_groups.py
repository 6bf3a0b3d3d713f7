"""Group orders in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storeapp.domain.group_order import GroupOrder, Pick
from storeapp.domain.group_sheet import GroupSheet

if TYPE_CHECKING:
    from tests.fakes.memory_shop import State


class MemoryGroups:
    def __init__(self, state: State) -> None:
        self._state = state

    def put_sheet(self, sheet: GroupSheet) -> None:
        self._state.group_sheets[sheet.sheet_id] = sheet

    def sheet(self, sheet_id: str) -> GroupSheet | None:
        return self._state.group_sheets.get(sheet_id)

    def sheets(self) -> tuple[GroupSheet, ...]:
        return tuple(self._state.group_sheets.values())[::-1]

    def put_order(self, order: GroupOrder) -> None:
        known = self._state.group_orders.get(order.order_id, order)
        self._state.group_orders[order.order_id] = replace(order, code=known.code, n=known.n)

    def by_code(self, code: str) -> GroupOrder | None:
        return next((order for order in self._state.group_orders.values() if order.code == code), None)

    def order(self, order_id: str) -> GroupOrder | None:
        return self._state.group_orders.get(order_id)

    def orders(self, sheet_id: str) -> tuple[GroupOrder, ...]:
        found = (order for order in self._state.group_orders.values() if order.sheet_id == sheet_id)
        return tuple(sorted(found, key=lambda order: order.n))

    def of_member(self, member_id: str) -> tuple[GroupOrder, ...]:
        names = {member_id, *(gone for gone, kept in self._state.merged.items() if kept == member_id)}
        return tuple(order for order in self._state.group_orders.values() if order.member_id in names)

    def add_pick(self, pick: Pick) -> None:
        if any((each.order_id, each.n) == (pick.order_id, pick.n) for each in self._state.group_picks):
            raise ValueError("fetched at the same time by another sale")
        self._state.group_picks = (*self._state.group_picks, pick)

    def picks(self, order_id: str) -> tuple[Pick, ...]:
        void = {refund.sale_id for refund, _hash in self._state.refunds if refund.kind == "void"}
        found = (each for each in self._state.group_picks if each.order_id == order_id)
        return tuple(replace(each, is_void=each.sale_id in void) for each in found)

    def picks_of(self, sheet_id: str) -> dict[str, tuple[Pick, ...]]:
        found = {order.order_id: self.picks(order.order_id) for order in self.orders(sheet_id)}
        return {order_id: picks for order_id, picks in found.items() if picks}

    def forget_names(self, sheet_id: str) -> int:
        orders = self.orders(sheet_id)
        for order in orders:
            self._state.group_orders[order.order_id] = replace(order, name="", phone="")
        return sum(bool(order.name or order.phone) for order in orders)
