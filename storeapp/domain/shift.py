"""A shift: from one float to one count, on one till. Closing it is always possible, whatever the count says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from storeapp.domain.business_day import business_day
from storeapp.domain.money import Money
from storeapp.errors import Refused

DENOMINATIONS = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
"""Notes and coins of the renminbi in use, in fen, largest first."""
FORGOTTEN_AFTER = timedelta(hours=24)
MOST_PIECES = 100_000
REASON_MAX = 100
_NUMBERS_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
FLOAT_MOST_FEN = 10_000_000
"""A hundred thousand yuan: a float above it is a slip of the finger."""


@dataclass(eq=False)
class ShiftIsOpen(Refused):
    """This till has a shift already: number `number`, opened by `opened_by`."""

    number: int
    opened_by: str
    word = "shift_open"


@dataclass(eq=False)
class NoShift(Refused):
    """No shift is open on this till."""

    word = "no_shift"


@dataclass(eq=False)
class UnknownShift(Refused):
    """This till never had a shift `number`."""

    number: int
    word = "unknown_shift"


@dataclass(eq=False)
class BadCount(Refused):
    """Nobody can count that: `what` is the denomination, tender or sum that will not do."""

    what: str
    word = "bad_count"


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted of one tender. `pieces` holds (denomination in fen, how many) where cash was counted piece
    by piece; the sum is `fen` either way.
    """

    fen: int
    pieces: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.fen, int) or isinstance(self.fen, bool) or not 0 <= self.fen <= 10**10:
            raise BadCount("sum")
        if self.pieces and sum(fen * pieces for fen, pieces in self.pieces) != self.fen:
            raise BadCount("sum")


def counted_pieces(pieces: Mapping[int, int]) -> Count:
    """Cash counted piece by piece; raises BadCount for what is no denomination or no number of pieces."""
    rows = []
    for denomination, how_many in pieces.items():
        if denomination not in DENOMINATIONS:
            raise BadCount(str(denomination)[:20])
        if not isinstance(how_many, int) or isinstance(how_many, bool) or not 0 <= how_many <= MOST_PIECES:
            raise BadCount(str(denomination))
        if how_many:
            rows.append((denomination, how_many))
    rows.sort(reverse=True)
    return Count(sum(fen * many for fen, many in rows), tuple(rows))


def checked_float(fen: int) -> int:
    """What may lie in a drawer when a shift begins; raises BadCount("float")."""
    if not 0 <= fen <= FLOAT_MOST_FEN:
        raise BadCount("float")
    return fen


def checked_left(left: Money | None, cash: Count | None) -> int:
    """The float that stays, in fen: all the cash that was counted if it is not said; raises BadCount("left").

    Of what nobody counted anything may stay that a shift may begin with.
    """
    if left is None:
        return 0 if cash is None else cash.fen
    if not 0 <= left.fen <= (FLOAT_MOST_FEN if cash is None else cash.fen):
        raise BadCount("left")
    return left.fen


@dataclass(frozen=True, slots=True)
class Closing:
    """How a shift ended: what was counted by tender, by whom, why it differs, and who agreed.

    `differences` is counted less expected, by counted tender. `unapproved` is true if the difference was above
    what the owner lets pass and nobody with the right was there. `left_fen` is the float left for the next shift.
    """

    at: str
    by: str
    counted: Mapping[str, Count]
    differences: Mapping[str, int]
    reason: str = ""
    approver: str = ""
    unapproved: bool = False
    forced: bool = False
    left_fen: int = 0


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of a till. `number` counts the till's shifts from 1; moments are ISO 8601."""

    shift_id: str
    number: int
    opened_at: str
    opened_by: str
    business_date: str
    float_fen: int
    closing: Closing | None = None

    @property
    def is_open(self) -> bool:
        return self.closing is None


def closing_of(shift: Shift) -> dict[str, Any]:
    """What is approved when somebody who closes no shifts closes this one."""
    return {"shift": shift.shift_id}


def one_line_of(reason: str) -> str:
    """The reason as it stands in the books and on paper: closing is never refused for how it is worded."""
    shown = "".join(char if ord(char) >= 32 else " " for char in reason)
    return " ".join(shown.split())[:REASON_MAX]


def is_forgotten(shift: Shift, now: datetime, *, cutoff_hour: int) -> bool:
    """Whether it stands open past the end of its business day, or for more than a day. `now` is in the shop's zone."""
    if not shift.is_open:
        return False
    today = business_day(now, cutoff_hour=cutoff_hour).isoformat()
    return today > shift.business_date or now - datetime.fromisoformat(shift.opened_at) > FORGOTTEN_AFTER


def numbers_from(moment: datetime) -> int:
    """Where shifts and Zs go on when a life of the till was lost: minutes since 2026.

    No life ends more than one shift a minute, so whatever was printed before `moment` has a smaller number.
    """
    return max(0, int((moment - _NUMBERS_EPOCH).total_seconds()) // 60)


def count_data(count: Count) -> dict[str, Any]:
    """A count as the books and the journal carry it."""
    return {"fen": count.fen, "pieces": [list(piece) for piece in count.pieces]}


def count_from(data: Mapping[str, Any]) -> Count:
    """The count `count_data` wrote."""
    return Count(data["fen"], tuple((fen, many) for fen, many in data.get("pieces", ())))


def closing_data(closing: Closing) -> dict[str, Any]:
    """A closing as the books and the journal carry it."""
    return {
        "at": closing.at,
        "by": closing.by,
        "counted": {tender: count_data(count) for tender, count in closing.counted.items()},
        "differences": dict(closing.differences),
        "reason": closing.reason,
        "approver": closing.approver,
        "unapproved": closing.unapproved,
        "forced": closing.forced,
        "left_fen": closing.left_fen,
    }


def closing_from(data: Mapping[str, Any]) -> Closing:
    """The closing `closing_data` wrote."""
    return Closing(
        at=data["at"],
        by=data["by"],
        counted={tender: count_from(count) for tender, count in data["counted"].items()},
        differences=data["differences"],
        reason=data["reason"],
        approver=data["approver"],
        unapproved=bool(data["unapproved"]),
        forced=bool(data["forced"]),
        left_fen=data["left_fen"],
    )
