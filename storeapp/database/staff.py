"""Staff's table: who may stand at this till."""

from __future__ import annotations

from storeapp.database.statements.staff import BY_CODE, EVERY, PUT
from storeapp.database.work import Row, Work
from storeapp.domain.staff import Staff


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
