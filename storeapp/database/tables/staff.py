"""Staff's table: who may stand at this till."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text, bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import EMPTY, flag, metadata, number, words

staff = Table(
    "staff",
    metadata,
    Column("code", Text, primary_key=True),
    words("name"),
    words("role", of=("cashier", "manager", "owner")),
    words("pin_hash"),
    number("wrong_tries", ">= 0"),
    words("locked_until"),
    flag("is_active"),
    words("badge"),
    words("pin_set_at"),
    flag("must_change_pin"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

Index("staff_badge", staff.c.badge, unique=True, sqlite_where=staff.c.badge != EMPTY)

staff_member = Table(
    "staff_member",
    metadata,
    Column("code", Text, primary_key=True),
    words("member_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

"""Staff who are members of the shop too."""

BY_CODE = select(staff).where(staff.c.code == bindparam("code"))

BY_BADGE = select(staff).where(staff.c.badge == bindparam("badge"), staff.c.badge != EMPTY)

EVERY = select(staff).order_by(staff.c.code)

_new = upsert(staff)

PUT = _new.on_conflict_do_update(
    index_elements=["code"],
    set_={column.name: _new.excluded[column.name] for column in staff.c if column.name != "code"},
)

_link = upsert(staff_member)

LINK = _link.on_conflict_do_update(index_elements=["code"], set_={"member_id": _link.excluded.member_id})

CODES_OF = (
    select(staff_member.c.code)
    .where(staff_member.c.member_id == bindparam("member_id"), staff_member.c.member_id != EMPTY)
    .order_by(staff_member.c.code)
)
