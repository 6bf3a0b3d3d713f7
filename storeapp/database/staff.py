"""Staff's table: who may stand at this till."""

from __future__ import annotations

from storeapp.database.statements.staff import (
    BY_BADGE,
    BY_CODE,
    CODES_OF,
    DROP_PHONE,
    EVERY,
    HAS_PHONE,
    LINK,
    PUT,
    PUT_PHONE,
)
from storeapp.database.vault import Vault
from storeapp.database.work import Row, Work
from storeapp.domain.staff import Staff


class StaffTable:
    """Implements `till.ports.StaffBook`."""

    def __init__(self, work: Work, vault: Vault) -> None:
        self._work = work
        self._vault = vault

    def by_code(self, code: str) -> Staff | None:
        row = self._work.one(BY_CODE, code=code)
        return None if row is None else _staff(row)

    def by_badge(self, badge: str) -> Staff | None:
        row = self._work.one(BY_BADGE, badge=badge)
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
            badge=staff.badge,
            pin_set_at=staff.pin_set_at,
            must_change_pin=int(staff.must_change_pin),
        )

    def link(self, code: str, member_id: str) -> None:
        self._work.run(LINK, code=code, member_id=member_id)

    def codes_of(self, member_id: str) -> tuple[str, ...]:
        return tuple(code for (code,) in self._work.all(CODES_OF, member_id=member_id))

    def put_phone(self, code: str, phone: str) -> None:
        if phone:
            self._work.run(PUT_PHONE, code=code, phone_index=self._vault.phone_index(phone))
        else:
            self._work.run(DROP_PHONE, of_code=code)

    def has_phone(self, code: str) -> bool:
        return self._work.count(HAS_PHONE, code=code) > 0


def _staff(row: Row) -> Staff:
    code, name, role, pin_hash, wrong_tries, locked_until, is_active, badge, pin_set_at, must_change_pin = row
    return Staff(
        code=code,
        name=name,
        role=role,
        pin_hash=pin_hash,
        wrong_tries=wrong_tries,
        locked_until=locked_until,
        is_active=bool(is_active),
        badge=badge,
        pin_set_at=pin_set_at,
        must_change_pin=bool(must_change_pin),
    )
