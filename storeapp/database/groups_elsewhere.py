"""Group orders' tables for what the cloud tells: other tills' sheets and orders, and what was fetched elsewhere."""

from __future__ import annotations

import json

from storeapp.database.statements.groups_elsewhere import (
    BY_CODE,
    HANDED_OUT,
    OF_MEMBER,
    PICKS,
    PICKS_OF,
    PUT_ORDER,
    PUT_PICK,
    PUT_SHEET,
    SHEET,
)
from storeapp.database.work import Row, Work
from storeapp.domain import group_sheet
from storeapp.domain.group_order import GroupOrder, Pick, ToldOrder, lines_data, lines_from, picks_data, picks_from
from storeapp.domain.group_sheet import GroupSheet


class GroupsElsewhereTable:
    """Implements `till.ports_groups.GroupsElsewhere`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def put_sheet(self, device_id: str, sheet: GroupSheet) -> None:
        self._work.run(
            PUT_SHEET,
            device_id=device_id,
            sheet_id=sheet.sheet_id,
            version=sheet.version,
            state=sheet.state,
            data=json.dumps(group_sheet.as_data(sheet), ensure_ascii=False, sort_keys=True),
            changed_at=sheet.changed_at,
            actor=sheet.by,
        )

    def put_order(self, told: ToldOrder) -> None:
        order = told.order
        self._work.run(
            PUT_ORDER,
            order_id=order.order_id,
            device_id=told.device_id,
            sheet_id=order.sheet_id,
            n=order.n,
            code=order.code,
            member_id=order.member_id,
            lines=json.dumps(lines_data(order.lines), ensure_ascii=False),
            at=order.at,
            actor=order.by,
            way=order.way,
            cancelled_at=order.cancelled_at,
        )

    def put_pick(self, pick: Pick) -> None:
        self._work.run(
            PUT_PICK,
            order_id=pick.order_id,
            sale_id=pick.sale_id,
            receipt=pick.receipt,
            at=pick.at,
            lines=json.dumps(picks_data(pick.lines)),
            is_void=int(pick.is_void),
            left_fen=pick.left_fen or 0,
        )

    def by_code(self, code: str) -> ToldOrder | None:
        rows = self._work.all(BY_CODE, code=code)
        if not rows:
            return None
        device_id, order = _order(rows[0])
        return ToldOrder(order, device_id, self._sheet(device_id, order.sheet_id))

    def of_member(self, member_id: str) -> tuple[GroupOrder, ...]:
        return tuple(_order(row)[1] for row in self._work.all(OF_MEMBER, member_id=member_id))

    def handed_out(self) -> tuple[tuple[GroupSheet, Pick], ...]:
        found, sheets = [], dict[tuple[str, str], GroupSheet | None]()
        for device_id, sheet_id, order_id, n, sale_id, receipt, at, lines in self._work.all(HANDED_OUT):
            if (device_id, sheet_id) not in sheets:
                sheets[device_id, sheet_id] = self._sheet(device_id, sheet_id)
            sheet = sheets[device_id, sheet_id]
            if sheet is not None:
                found.append((sheet, Pick(order_id, n, sale_id, receipt, at, picks_from(json.loads(lines)))))
        return tuple(found)

    def picks(self, order_id: str) -> tuple[Pick, ...]:
        """What other tills handed out of an order."""
        return tuple(_pick(row) for row in self._work.all(PICKS, order_id=order_id))

    def picks_of(self, sheet_id: str) -> tuple[Pick, ...]:
        """What other tills handed out of the orders on a sheet of this till."""
        return tuple(_pick(row) for row in self._work.all(PICKS_OF, sheet_id=sheet_id))

    def _sheet(self, device_id: str, sheet_id: str) -> GroupSheet | None:
        row = self._work.one(SHEET, device_id=device_id, sheet_id=sheet_id)
        if row is None:
            return None
        version, state, data, changed_at, by = row
        return group_sheet.kept(
            json.loads(data), leader_name="", state=state, version=version, changed_at=changed_at, by=by
        )


def _order(row: Row) -> tuple[str, GroupOrder]:
    device_id, order_id, sheet_id, n, code, member_id, lines, at, by, way, cancelled_at = row
    said = lines_from(json.loads(lines))
    return device_id, GroupOrder(order_id, sheet_id, n, code, member_id, "", "", said, at, by, way, cancelled_at)


def _pick(row: Row) -> Pick:
    order_id, sale_id, receipt, at, lines, is_void, left_fen = row
    return Pick(order_id, 0, sale_id, receipt, at, picks_from(json.loads(lines)), bool(is_void), left_fen)
