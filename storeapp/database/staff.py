"""Staff's table: who may stand at this till."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.schema import flag, metadata, number, words
from storeapp.database.work import Row, Sql, Work
from storeapp.domain.staff import Staff

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
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

BY_CODE = Sql(select(staff).where(staff.c.code == bindparam("code")))
EVERY = Sql(select(staff).order_by(staff.c.code))
_new = upsert(staff)
PUT = Sql(
    _new.on_conflict_do_update(
        index_elements=["code"],
        set_={column.name: _new.excluded[column.name] for column in staff.c if column.name != "code"},
    )
)


class StaffTable:
    """Implements `till.ports.StaffBook`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def by_code(self, code: str) -> Staff | None:
        row = self._work.one(BY_CODE, code=code)
        return None if row is None else _staff(row)

    def every(self) -> tuple[Staff, ...]:
        return tuple(_staff(row) for row in self._work.all(EVERY))

    def put(self, staff: Staff) -> None:
        self._work.run(
            PUT,
            code=staff.code,
            name=staff.name,
            role=staff.role,
            pin_hash=staff.pin_hash,
            wrong_tries=staff.wrong_tries,
            locked_until=staff.locked_until,
            is_active=int(staff.is_active),
        )


def _staff(row: Row) -> Staff:
    code, name, role, pin_hash, wrong_tries, locked_until, is_active = row
    return Staff(code, name, role, pin_hash, wrong_tries, locked_until, bool(is_active))
