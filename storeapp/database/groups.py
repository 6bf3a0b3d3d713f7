"""Group orders' tables: sheets, what was ordered on them, and what was fetched."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property

from storeapp.database.groups_elsewhere import GroupsElsewhereTable
from storeapp.database.statements.groups import (
    ADD_PICK,
    BY_CODE,
    FORGET_NAMES,
    OF_MEMBER,
    ORDER,
    ORDERS,
    PICKS,
    PICKS_OF,
    PUT_ORDER,
    PUT_SHEET,
    SHEET,
    SHEETS,
)
from storeapp.database.work import Row, Work
from storeapp.domain import group_sheet
from storeapp.domain.group_order import GroupOrder, Pick, lines_data, lines_from, picks_data, picks_from
from storeapp.domain.group_sheet import GroupSheet


class GroupTable:
    """Implements `till.ports_groups.Groups`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    @cached_property
    def elsewhere(self) -> GroupsElsewhereTable:
        return GroupsElsewhereTable(self._work)

    def put_sheet(self, sheet: GroupSheet) -> None:
        self._work.run(
            PUT_SHEET,
            id=None,
            sheet_id=sheet.sheet_id,
            version=sheet.version,
            state=sheet.state,
            data=json.dumps(group_sheet.as_data(sheet), ensure_ascii=False, sort_keys=True),
            leader_name=sheet.leader_name,
            changed_at=sheet.changed_at,
            actor=sheet.by,
        )

    def sheet(self, sheet_id: str) -> GroupSheet | None:
        row = self._work.one(SHEET, sheet_id=sheet_id)
        return None if row is None else _sheet(row)

    def sheets(self) -> tuple[GroupSheet, ...]:
        return tuple(_sheet(row) for row in self._work.all(SHEETS))

    def put_order(self, order: GroupOrder) -> None:
        self._work.run(
            PUT_ORDER,
            id=None,
            order_id=order.order_id,
            sheet_id=order.sheet_id,
            n=order.n,
            code=order.code,
            member_id=order.member_id,
            name=order.name,
            phone=order.phone,
            lines=json.dumps(lines_data(order.lines), ensure_ascii=False),
            at=order.at,
            actor=order.by,
            way=order.way,
            cancelled_at=order.cancelled_at,
        )

    def by_code(self, code: str) -> GroupOrder | None:
        row = self._work.one(BY_CODE, code=code)
        return None if row is None else _order(row)

    def order(self, order_id: str) -> GroupOrder | None:
        row = self._work.one(ORDER, order_id=order_id)
        return None if row is None else _order(row)

    def orders(self, sheet_id: str) -> tuple[GroupOrder, ...]:
        return tuple(_order(row) for row in self._work.all(ORDERS, sheet_id=sheet_id))

    def of_member(self, member_id: str) -> tuple[GroupOrder, ...]:
        return tuple(_order(row) for row in self._work.all(OF_MEMBER, member_id=member_id))

    def add_pick(self, pick: Pick) -> None:
        self._work.run(
            ADD_PICK,
            order_id=pick.order_id,
            n=pick.n,
            sale_id=pick.sale_id,
            receipt=pick.receipt,
            at=pick.at,
            lines=json.dumps(picks_data(pick.lines)),
        )

    def picks(self, order_id: str) -> tuple[Pick, ...]:
        return _in_order(_picks(self._work.all(PICKS, order_id=order_id)), self.elsewhere.picks(order_id))

    def picks_of(self, sheet_id: str) -> dict[str, tuple[Pick, ...]]:
        found: dict[str, tuple[Pick, ...]] = {}
        own = _picks(self._work.all(PICKS_OF, sheet_id=sheet_id))
        for pick in _in_order(own, self.elsewhere.picks_of(sheet_id)):
            found[pick.order_id] = (*found.get(pick.order_id, ()), pick)
        return found

    def forget_names(self, sheet_id: str) -> int:
        named = sum(bool(order.name or order.phone) for order in self.orders(sheet_id))
        self._work.run(FORGET_NAMES, of_sheet=sheet_id)
        return named


def _sheet(row: Row) -> GroupSheet:
    _sheet_id, version, state, data, leader_name, changed_at, by = row
    return group_sheet.kept(
        json.loads(data), leader_name=leader_name, state=state, version=version, changed_at=changed_at, by=by
    )


def _order(row: Row) -> GroupOrder:
    order_id, sheet_id, n, code, member_id, name, phone, lines, at, by, way, cancelled_at = row
    said = lines_from(json.loads(lines))
    return GroupOrder(order_id, sheet_id, n, code, member_id, name, phone, said, at, by, way, cancelled_at)


def _in_order(own: Iterable[Pick], elsewhere: Iterable[Pick]) -> tuple[Pick, ...]:
    return tuple(sorted((*own, *elsewhere), key=lambda pick: pick.at))


def _picks(rows: Iterable[Row]) -> Iterable[Pick]:
    for order_id, n, sale_id, receipt, at, lines, is_void in rows:
        yield Pick(order_id, n, sale_id, receipt, at, picks_from(json.loads(lines)), bool(is_void))
