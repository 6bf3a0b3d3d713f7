"""Group orders' tables for what the cloud tells: other tills' sheets and orders, and what was fetched elsewhere."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text, bindparam, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.groups import group_order
from storeapp.database.tables.members import hers
from storeapp.database.tables.schema import flag, metadata, number, words

group_sheet_told = Table(
    "group_sheet_told",
    metadata,
    # two tills may call a sheet alike
    Column("device_id", Text, primary_key=True),
    Column("sheet_id", Text, primary_key=True),
    number("version", "> 0"),
    words("state", of=("draft", "open", "closed", "bought", "arrived", "over")),
    words("data"),
    words("changed_at"),
    words("actor"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

group_order_told = Table(
    "group_order_told",
    metadata,
    Column("order_id", Text, primary_key=True),
    words("device_id"),
    words("sheet_id"),
    number("n", "> 0"),
    words("code"),
    words("member_id", is_null=True),
    *(words(name) for name in ("lines", "at", "actor")),
    words("way", of=("counter", "list")),
    words("cancelled_at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

Index("group_order_told_code", group_order_told.c.code)

Index("group_order_told_member", group_order_told.c.member_id, sqlite_where=group_order_told.c.member_id.is_not(None))

group_pick_told = Table(
    "group_pick_told",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("sale_id", Text, primary_key=True),
    words("receipt"),
    words("at"),
    words("lines"),
    flag("is_void"),
    number("left_fen"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

"""What sales at other tills fetched of any order, and what was paid for it there and did not come back."""

_put_sheet = upsert(group_sheet_told)
PUT_SHEET = _put_sheet.on_conflict_do_update(
    index_elements=["device_id", "sheet_id"],
    set_={name: _put_sheet.excluded[name] for name in ("version", "state", "data", "changed_at", "actor")},
    where=_put_sheet.excluded.changed_at >= group_sheet_told.c.changed_at,
)

_put_order = upsert(group_order_told)
PUT_ORDER = _put_order.on_conflict_do_update(
    index_elements=["order_id"],
    set_={name: _put_order.excluded[name] for name in ("member_id", "lines", "at", "actor", "cancelled_at")},
)

_put_pick = upsert(group_pick_told)
PUT_PICK = _put_pick.on_conflict_do_update(
    index_elements=["order_id", "sale_id"],
    set_={name: _put_pick.excluded[name] for name in ("is_void", "left_fen")},
)

_order = group_order_told.c
_orders = select(
    *(_order.device_id, _order.order_id, _order.sheet_id, _order.n, _order.code, _order.member_id, _order.lines),
    *(_order.at, _order.actor, _order.way, _order.cancelled_at),
)

BY_CODE = _orders.where(_order.code == bindparam("code")).order_by(_order.order_id)

OF_MEMBER = _orders.where(hers(_order.member_id), _order.member_id.is_not(None)).order_by(_order.at, _order.order_id)

_sheet = group_sheet_told.c
SHEET = select(_sheet.version, _sheet.state, _sheet.data, _sheet.changed_at, _sheet.actor).where(
    _sheet.device_id == bindparam("device_id"), _sheet.sheet_id == bindparam("sheet_id")
)

_picks = select(*group_pick_told.c)

PICKS = _picks.where(group_pick_told.c.order_id == bindparam("order_id"))

PICKS_OF = _picks.join(group_order, group_order.c.order_id == group_pick_told.c.order_id).where(
    group_order.c.sheet_id == bindparam("sheet_id")
)

HANDED_OUT = text(
    "SELECT o.device_id, o.sheet_id, p.order_id, p.n, p.sale_id, p.receipt, p.at, p.lines"
    " FROM group_pick p JOIN group_order_told o ON o.order_id = p.order_id ORDER BY p.sale_id, p.order_id"
)
