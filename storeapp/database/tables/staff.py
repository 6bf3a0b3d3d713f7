"""Staff's table: who may stand at this till."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table, Text, bindparam, delete, func, select, text
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

staff_phone = Table(
    "staff_phone",
    metadata,
    Column("code", Text, primary_key=True),
    Column("phone_index", LargeBinary, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

"""Staff's own phones: whichever member has one of them is somebody who works here."""

Index("staff_phone_index", staff_phone.c.phone_index)

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

_phone = upsert(staff_phone)

PUT_PHONE = _phone.on_conflict_do_update(
    index_elements=["code"], set_={"phone_index": _phone.excluded["phone_index"]}
)  # fmt: skip

DROP_PHONE = delete(staff_phone).where(staff_phone.c.code == bindparam("of_code"))

HAS_PHONE = select(func.count()).select_from(staff_phone).where(staff_phone.c.code == bindparam("code"))

CODES_OF = text(
    "SELECT code FROM staff_member WHERE member_id = :member_id AND member_id <> ''"
    " UNION SELECT p.code FROM member m JOIN staff_phone p ON p.phone_index = m.phone_index"
    " WHERE m.member_id = :member_id ORDER BY 1"
)
