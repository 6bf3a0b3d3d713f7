"""Group orders in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storeapp.domain.group_order import GroupOrder, Pick, ToldOrder
from storeapp.domain.group_sheet import GroupSheet

if TYPE_CHECKING:
    from tests.fakes.memory_shop import State


class MemoryGroupsElsewhere:
    def __init__(self, state: State) -> None:
        self._state = state

    def put_sheet(self, device_id: str, sheet: GroupSheet) -> None:
        held = self._state.group_sheets_told.get((device_id, sheet.sheet_id))
        if held is None or sheet.changed_at >= held.changed_at:
            self._state.group_sheets_told[device_id, sheet.sheet_id] = replace(sheet, leader_name="")

    def put_order(self, told: ToldOrder) -> None:
        self._state.group_orders_told[told.order.order_id] = replace(
            told, order=replace(told.order, name="", phone=""), sheet=None
        )

    def put_pick(self, pick: Pick) -> None:
        self._state.group_picks_told[pick.order_id, pick.sale_id] = replace(pick, n=0, left_fen=pick.left_fen or 0)

    def by_code(self, code: str) -> ToldOrder | None:
        found = (told for told in self._state.group_orders_told.values() if told.order.code == code)
        told = min(found, key=lambda each: each.order.order_id, default=None)
        return None if told is None else replace(told, sheet=self._sheet(told))

    def of_member(self, member_id: str) -> tuple[GroupOrder, ...]:
        orders = (told.order for told in self._state.group_orders_told.values())
        found = (order for order in orders if self._state.is_hers(order.member_id, member_id))
        return tuple(sorted(found, key=lambda order: (order.at, order.order_id)))

    def handed_out(self) -> tuple[tuple[GroupSheet, Pick], ...]:
        found = []
        for pick in sorted(self._state.group_picks, key=lambda pick: (pick.sale_id, pick.order_id)):
            told = self._state.group_orders_told.get(pick.order_id)
            sheet = None if told is None else self._sheet(told)
            if sheet is not None:
                found.append((sheet, pick))
        return tuple(found)

    def _sheet(self, told: ToldOrder) -> GroupSheet | None:
        return self._state.group_sheets_told.get((told.device_id, told.order.sheet_id))


class MemoryGroups:
    def __init__(self, state: State) -> None:
        self._state = state
        self.elsewhere = MemoryGroupsElsewhere(state)

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
        own = (each for each in self._state.group_picks if each.order_id == order_id)
        told = (each for each in self._state.group_picks_told.values() if each.order_id == order_id)
        found = (*(replace(each, is_void=each.sale_id in void) for each in own), *told)
        return tuple(sorted(found, key=lambda each: each.at))

    def picks_of(self, sheet_id: str) -> dict[str, tuple[Pick, ...]]:
        found = {order.order_id: self.picks(order.order_id) for order in self.orders(sheet_id)}
        return {order_id: picks for order_id, picks in found.items() if picks}

    def forget_names(self, sheet_id: str) -> int:
        orders = self.orders(sheet_id)
        for order in orders:
            self._state.group_orders[order.order_id] = replace(order, name="", phone="")
        return sum(bool(order.name or order.phone) for order in orders)
