"""Staff: who stands at the till, and what each role may do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from storeapp.errors import Refused

Role = Literal["cashier", "manager", "owner"]
Right = Literal[
    "sell", "sign_up", "reprint", "reprint_more", "discount", "big_discount", "change_price", "below_floor",
    "remove_line", "refund", "refund_without_receipt", "refund_other_tender", "refund_late", "void",
    "open_drawer", "cash_move", "close_shift", "close_difference", "reports", "settle_suspense",
    "accept_late_payment", "top_up", "stored_value_refund", "sell_card", "card_refund", "points_adjust", "set_tier",
    "give_coupon", "member_merge", "value_transfer", "alarms",
    "personal_data", "promotions", "training", "settings", "policy", "staff",
]  # fmt: skip

EVERY_RIGHT: tuple[Right, ...] = get_args(Right)
_CASHIER: frozenset[Right] = frozenset(
    {
        "sell",
        "sign_up",
        "reprint",
        "discount",
        "change_price",
        "remove_line",
        "close_shift",
        "top_up",
        "sell_card",
        "training",
    }
)
RIGHTS: dict[Role, frozenset[Right]] = {
    "cashier": _CASHIER,
    "manager": frozenset(EVERY_RIGHT) - {"points_adjust", "promotions", "policy", "staff"},
    "owner": frozenset(EVERY_RIGHT),
}
# a script runs with the owner's hand: whoever starts one can read and write the shop's folder anyway
SCRIPT = "script"
LOCK_AFTER = 5
LOCK_MINUTES = (1, 5, 30)
_BADGE = re.compile(r"[0-9A-Za-z_-]{4,40}")
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
class BadBadge(Refused):
    """A badge's code is 4 to 40 letters, digits, - or _."""

    badge: str
    word = "bad_badge"


@dataclass(eq=False)
class BadgeTaken(Refused):
    """The badge belongs to somebody else: `code`."""

    code: str
    word = "badge_taken"


@dataclass(eq=False)
class PinUsedBefore(Refused):
    """A PIN is changed into another one."""

    word = "pin_used_before"


@dataclass(eq=False)
class PinsDiffer(Refused):
    """The second time another PIN was typed."""

    word = "pins_differ"


@dataclass(eq=False)
class PinMustChange(Refused):
    """`code` has a PIN somebody else chose, or one that is too old: nobody is let by it."""

    code: str
    word = "pin_must_change"


@dataclass(eq=False)
class UnknownStaff(Refused):
    """Nobody here goes by `code`."""

    code: str
    word = "unknown_staff"


@dataclass(frozen=True, slots=True)
class Staff:
    """One person at the till. `pin_hash` is argon2id; wrong tries are counted until the next right one.

    `badge` is what the code on a staff badge reads. `rights` are the role's as the owner changed them, where
    somebody has looked that up; None means those every shop begins with. `pin_set_at` is ISO 8601, "" if unknown.
    """

    code: str
    name: str
    role: Role
    pin_hash: str = ""
    wrong_tries: int = 0
    locked_until: str = ""
    is_active: bool = True
    badge: str = ""
    pin_set_at: str = ""
    must_change_pin: bool = False
    rights: frozenset[Right] | None = None

    def may(self, right: Right) -> bool:
        """True if this person's role holds `right`."""
        return right in (RIGHTS[self.role] if self.rights is None else self.rights)


def require(staff: Staff, right: Right) -> None:
    """Raises NotAllowed unless `staff` holds `right`."""
    if not staff.may(right):
        raise NotAllowed(right, staff.role)


def held(role: Role, changes: str) -> frozenset[Right]:
    """What a role may do after the owner's `changes`, such as `+refund,-discount`; an owner may everything.

    Raises ValueError for a right nobody knows.
    """
    rights = set(RIGHTS[role])
    for change in filter(None, (part.strip() for part in changes.split(","))):
        sign, name = change[0], change[1:]
        right = next((known for known in EVERY_RIGHT if known == name), None)
        if right is None or sign not in "+-":
            raise ValueError(change)
        if sign == "+":
            rights.add(right)
        else:
            rights.discard(right)
    return RIGHTS["owner"] if role == "owner" else frozenset(rights)


def as_changes(role: Role, rights: frozenset[Right]) -> str:
    """What `held` reads back as `rights`: only what differs from the role's own."""
    plain = RIGHTS[role]
    more = [f"+{right}" for right in EVERY_RIGHT if right in rights - plain]
    return ",".join(more + [f"-{right}" for right in EVERY_RIGHT if right in plain - rights])


def checked_badge(badge: str) -> str:
    """`badge` as a reader reports it, or "" for none; raises BadBadge."""
    if badge and not _BADGE.fullmatch(badge):
        raise BadBadge(badge[:20])
    return badge


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


def is_pin_due(staff: Staff, *, days: int, now: datetime) -> bool:
    """True if the PIN has to be changed: somebody else chose it, or it is older than `days` (0 never ages)."""
    if staff.must_change_pin:
        return True
    if not days:
        return False
    return not staff.pin_set_at or now - datetime.fromisoformat(staff.pin_set_at) > timedelta(days=days)


def lock_minutes(wrong_tries: int) -> int:
    """How long to lock after that many wrong tries in a row; 0 while there are tries left."""
    if wrong_tries < LOCK_AFTER or wrong_tries % LOCK_AFTER:
        return 0
    step = wrong_tries // LOCK_AFTER - 1
    return LOCK_MINUTES[min(step, len(LOCK_MINUTES) - 1)]
