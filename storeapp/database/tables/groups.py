"""Group orders' tables: sheets as they stand, what was ordered on each, and what was fetched by which sale."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint, bindparam, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.members import hers
from storeapp.database.tables.schema import key, metadata, number, words

group_sheet = Table(
    "group_sheet",
    metadata,
    key(),
    Column("sheet_id", Text, nullable=False, unique=True),
    number("version", "> 0"),
    words("state", of=("draft", "open", "closed", "bought", "arrived", "over")),
    words("data"),
    words("leader_name"),
    words("changed_at"),
    words("actor"),
    sqlite_strict=True,
)

group_order = Table(
    "group_order",
    metadata,
    key(),
    Column("order_id", Text, nullable=False, unique=True),
    words("sheet_id"),
    number("n", "> 0"),
    Column("code", Text, nullable=False, unique=True),
    words("member_id", is_null=True),
    words("name"),
    words("phone"),
    words("lines"),
    words("at"),
    words("actor"),
    words("way", of=("counter", "list")),
    words("cancelled_at"),
    UniqueConstraint("sheet_id", "n"),
    sqlite_strict=True,
)

Index("group_order_member", group_order.c.member_id, sqlite_where=group_order.c.member_id.is_not(None))

# the primary key refuses what would be fetched twice at once, whatever was looked at before
group_pick = Table(
    "group_pick",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    words("sale_id"),
    words("receipt"),
    words("at"),
    words("lines"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

Index("group_pick_sale", group_pick.c.sale_id)

_put_sheet = upsert(group_sheet)
PUT_SHEET = _put_sheet.on_conflict_do_update(
    index_elements=["sheet_id"],
    set_={
        name: _put_sheet.excluded[name] for name in ("version", "state", "data", "leader_name", "changed_at", "actor")
    },
)

_sheets = select(*(column for column in group_sheet.c if column.name != "id"))

SHEET = _sheets.where(group_sheet.c.sheet_id == bindparam("sheet_id"))

SHEETS = _sheets.order_by(group_sheet.c.id.desc())

_put_order = upsert(group_order)
PUT_ORDER = _put_order.on_conflict_do_update(
    index_elements=["order_id"],
    set_={
        name: _put_order.excluded[name]
        for name in ("member_id", "name", "phone", "lines", "at", "actor", "cancelled_at")
    },
)

_orders = select(*(column for column in group_order.c if column.name != "id"))

BY_CODE = _orders.where(group_order.c.code == bindparam("code"))

ORDER = _orders.where(group_order.c.order_id == bindparam("order_id"))

ORDERS = _orders.where(group_order.c.sheet_id == bindparam("sheet_id")).order_by(group_order.c.n)

OF_MEMBER = _orders.where(hers(group_order.c.member_id), group_order.c.member_id.is_not(None)).order_by(
    group_order.c.id
)

ADD_PICK = upsert(group_pick)

_void = (
    " EXISTS (SELECT 1 FROM refund r JOIN journal j ON j.place = r.id WHERE r.sale_id = p.sale_id"
    " AND json_extract(CAST(j.body AS TEXT), '$.kind') = 'void')"
)
_picks = f"SELECT p.order_id, p.n, p.sale_id, p.receipt, p.at, p.lines,{_void} FROM group_pick p"

PICKS = text(f"{_picks} WHERE p.order_id = :order_id ORDER BY p.n")

PICKS_OF = text(
    f"{_picks} JOIN group_order o ON o.order_id = p.order_id WHERE o.sheet_id = :sheet_id ORDER BY p.order_id, p.n"
)

FORGET_NAMES = update(group_order).where(group_order.c.sheet_id == bindparam("of_sheet")).values(name="", phone="")
