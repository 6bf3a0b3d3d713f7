"""A count before it closes a shift: what it comes to. Each one is in the journal, so a second look is never unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storeapp.domain import drawer as drawers
from storeapp.domain.shift import Count, NoShift, count_data
from storeapp.domain.shift_report import TenderRow
from storeapp.domain.staff import checked_code
from storeapp.domain.tender import TENDER_KINDS, TenderKind
from storeapp.till.moments import local_moment
from storeapp.till.ports import Books, Clock, Shop

BY_HAND: tuple[TenderKind, ...] = ("card", "code_manual", "coupon")
"""What leaves a slip or a list to count by; what a company or the ledger took is known without."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a count comes to, a row a tender. `wants_yes`: a difference is above what the owner lets pass."""

    rows: tuple[TenderRow, ...] = ()
    wants_yes: bool = False

    @property
    def difference_fen(self) -> int:
        return sum(row.difference_fen or 0 for row in self.rows)

    @property
    def differences(self) -> dict[str, int]:
        """By counted tender, as the closing will say it and as somebody agrees to it."""
        return {row.tender: row.difference_fen for row in self.rows if row.difference_fen is not None}

    @property
    def adds_up(self) -> bool:
        return not any(row.difference_fen for row in self.rows)


def reckon(shop: Shop, counted: Mapping[str, Count], *, by: str, clock: Clock) -> Reckoning:
    """What the open shift's count comes to; the count is on record from now on. Raises NoShift."""
    checked_code(by)
    with shop.writing() as books:
        current = books.shifts.current()
        if current is None:
            raise NoShift
        there = dict(drawers.expected(books.drawer.of_shift(current.shift_id)))
        named = [kind for kind in TENDER_KINDS if kind == "cash" or kind in there or kind in counted]
        rows = tuple(
            TenderRow(kind, there.get(kind, 0), counted[kind].fen if kind in counted else None) for kind in named
        )
        most = books.policy.in_force().whole("shift.difference_fen")
        made = Reckoning(rows, any(abs(row.difference_fen or 0) > most for row in rows))
        body = {
            "shift_id": current.shift_id,
            "number": current.number,
            "by": by,
            "counted": {tender: count_data(count) for tender, count in counted.items()},
            "differences": made.differences,
        }
        books.journal.append("shift.counted", body, at=local_moment(books, clock.now()).isoformat())
        return made


def to_count(books: Books) -> tuple[TenderKind, ...]:
    """The ways to pay of the open shift that somebody counts by hand, beside cash."""
    current = books.shifts.current()
    there = {} if current is None else drawers.expected(books.drawer.of_shift(current.shift_id))
    return tuple(kind for kind in BY_HAND if kind in there)
