"""How the drawer stands: the open shift, whether it was forgotten, and whether the counter sells without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storeapp.domain.money import Money
from storeapp.domain.shift import Shift, is_forgotten
from storeapp.till.moments import in_zone
from storeapp.till.ports import Books


@dataclass(frozen=True, slots=True)
class Standing:
    """`forgotten` is an open shift of an earlier business day; `required` is the owner's word."""

    shift: Shift | None = None
    forgotten: bool = False
    required: bool = False

    @property
    def must_open(self) -> bool:
        """Whether a shift comes before the next sale at the counter. Scripts may sell without."""
        return self.required and self.shift is None


def standing(books: Books, now: datetime) -> Standing:
    """How the drawer stands at the moment `now`."""
    policy, current = books.policy.in_force(), books.shifts.current()
    forgotten = current is not None and is_forgotten(
        current, in_zone(now, policy), cutoff_hour=policy.whole("day.cutoff_hour")
    )
    return Standing(current, forgotten, bool(policy.get("shift.required")))


def is_late(books: Books, shift_id: str | None) -> bool:
    """Whether a document of that shift comes after the shift was closed."""
    found = None if shift_id is None else books.shifts.by_id(shift_id)
    return found is not None and not found.is_open


def proposed_float(books: Books) -> Money:
    """What the last shift left in the drawer."""
    last = books.shifts.last()
    return Money(0 if last is None or last.closing is None else last.closing.left_fen)


def float_to_propose(books: Books) -> Money | None:
    """What the last shift left; None if nobody counted it."""
    last = books.shifts.last()
    if last is not None and (last.closing is None or "cash" not in last.closing.counted):
        return None
    return proposed_float(books)
