"""Staff: who stands at the till, and what each role may do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from storeapp.errors import Refused

Role = Literal["cashier", "manager", "owner"]
Right = Literal["sell", "change_price", "discount", "open_drawer", "reprint", "sign_up", "settings", "policy", "staff"]

RIGHTS: dict[Role, frozenset[Right]] = {
    "cashier": frozenset({"sell", "sign_up", "reprint", "discount", "change_price"}),
    "manager": frozenset({"sell", "sign_up", "reprint", "discount", "change_price", "open_drawer", "settings"}),
    "owner": frozenset(
        {"sell", "sign_up", "reprint", "discount", "change_price", "open_drawer", "settings", "policy", "staff"}
    ),
}
LOCK_AFTER = 5
LOCK_MINUTES = (1, 5, 30)
_STAFF_CODE = re.compile(r"[0-9A-Za-z_-]{1,16}")


@dataclass(eq=False)
class NotAllowed(Refused):
    """The role `role` may not `right`."""

    right: str
    role: str
    word = "not_allowed"


@dataclass(eq=False)
class WrongPin(Refused):
    """That is not the PIN; `tries_left` more before the sign-in is locked for a while."""

    tries_left: int
    word = "wrong_pin"


@dataclass(eq=False)
class SignInLocked(Refused):
    """Too many wrong PINs: locked until `until` (ISO 8601)."""

    until: str
    word = "sign_in_locked"


@dataclass(eq=False)
class BadPin(Refused):
    """A PIN has digits only: at least `least`, at most 12."""

    least: int
    word = "bad_pin"


@dataclass(eq=False)
class BadStaffCode(Refused):
    """A staff code is 1 to 16 letters, digits, - or _."""

    code: str
    word = "bad_staff_code"


@dataclass(eq=False)
class UnknownStaff(Refused):
    """Nobody here goes by `code`."""

    code: str
    word = "unknown_staff"


@dataclass(frozen=True, slots=True)
class Staff:
    """One person at the till. `pin_hash` is argon2id; wrong tries are counted until the next right one."""

    code: str
    name: str
    role: Role
    pin_hash: str = ""
    wrong_tries: int = 0
    locked_until: str = ""
    is_active: bool = True

    def may(self, right: Right) -> bool:
        """True if this person's role holds `right`."""
        return right in RIGHTS[self.role]


def require(staff: Staff, right: Right) -> None:
    """Raises NotAllowed unless `staff` holds `right`."""
    if not staff.may(right):
        raise NotAllowed(right, staff.role)


def checked_code(code: str) -> str:
    """`code` if it can name a person at the till; raises BadStaffCode."""
    if not _STAFF_CODE.fullmatch(code):
        raise BadStaffCode(code[:20])
    return code


def check_pin_shape(pin: str, role: Role) -> None:
    """Cashiers need four digits, everybody with more rights six; raises BadPin."""
    least = 4 if role == "cashier" else 6
    if not (pin.isascii() and pin.isdigit() and least <= len(pin) <= 12):
        raise BadPin(least)


def lock_minutes(wrong_tries: int) -> int:
    """How long to lock after that many wrong tries in a row; 0 while there are tries left."""
    if wrong_tries < LOCK_AFTER or wrong_tries % LOCK_AFTER:
        return 0
    step = wrong_tries // LOCK_AFTER - 1
    return LOCK_MINUTES[min(step, len(LOCK_MINUTES) - 1)]
