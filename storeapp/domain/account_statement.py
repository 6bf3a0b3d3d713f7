"""Account statement: every entry that moved a member's stored value, points, debt or cards, with the balances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from storeapp.domain.ledger import Txn, bonus_account, owed_account, points_account, principal_account
from storeapp.domain.lots import net_on


@dataclass(frozen=True, slots=True)
class Sums:
    """Principal, bonus and debt in fen, and points; times on her cards, and what is owed of what she paid for them."""

    principal_fen: int = 0
    bonus_fen: int = 0
    points: int = 0
    owed_fen: int = 0
    times: int = 0
    cards_fen: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, name) + getattr(other, name) for name in Sums.__slots__))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a business day (ISO date): what it `moved`, and what she had right `after` it."""

    txn_id: str
    kind: str
    day: str
    moved: Sums
    after: Sums


@dataclass(frozen=True, slots=True)
class Statement:
    """`before` is what she had when the days began, `after` when they ended; both days are in it."""

    since: str
    until: str
    before: Sums
    entries: tuple[Entry, ...]

    @property
    def after(self) -> Sums:
        return self.entries[-1].after if self.entries else self.before

    @property
    def has_cards(self) -> bool:
        """Whether there is anything to say of cards."""
        said = (self.before, *(each.moved for each in self.entries))
        return any(sums.times or sums.cards_fen for sums in said)


@dataclass(frozen=True, slots=True)
class Movement:
    """What one entry of a business day (ISO date) did to her accounts."""

    txn_id: str
    kind: str
    day: str
    moved: Sums


def moved_by(txn: Txn, member_id: str) -> Sums:
    """What an entry did to her accounts; her cards are known by other names."""
    names = (principal_account, bonus_account, points_account, owed_account)
    return Sums(*(net_on(name(member_id), txn.legs) for name in names))


def statement(movements: Iterable[Movement], *, since: str, until: str) -> Statement:
    """Her statement from all that ever moved, oldest first."""
    has, before, entries = Sums(), Sums(), []
    for each in movements:
        has = has + each.moved
        if each.day < since:
            before = has
        elif each.day <= until and each.moved != Sums():
            entries.append(Entry(each.txn_id, each.kind, each.day, each.moved, has))
    return Statement(since, until, before, tuple(entries))


def as_data(told: Statement) -> dict[str, Any]:
    """As a script reads it."""
    return {
        "since": told.since,
        "until": told.until,
        "before": _sums(told.before),
        "after": _sums(told.after),
        "entries": [
            {
                "txn_id": each.txn_id,
                "kind": each.kind,
                "day": each.day,
                "moved": _sums(each.moved),
                "after": _sums(each.after),
            }
            for each in told.entries
        ],
    }


def _sums(sums: Sums) -> dict[str, int]:
    return {name: getattr(sums, name) for name in Sums.__slots__}
