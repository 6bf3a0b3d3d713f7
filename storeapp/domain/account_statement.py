"""Account statement: every entry that moved a member's stored value, points or debt in some days, with the balances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from storeapp.domain.ledger import Txn, bonus_account, owed_account, points_account, principal_account
from storeapp.domain.lots import net_on


@dataclass(frozen=True, slots=True)
class Sums:
    """Principal, bonus and debt in fen, and points."""

    principal_fen: int = 0
    bonus_fen: int = 0
    points: int = 0
    owed_fen: int = 0

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


def moved_by(txn: Txn, member_id: str) -> Sums:
    """What an entry did to her accounts."""
    names = (principal_account, bonus_account, points_account, owed_account)
    return Sums(*(net_on(name(member_id), txn.legs) for name in names))


def statement(dated: Iterable[tuple[str, Txn]], member_id: str, *, since: str, until: str) -> Statement:
    """Her statement from all her entries with their business days, oldest first."""
    has, before, entries = Sums(), Sums(), []
    for day, txn in dated:
        moved = moved_by(txn, member_id)
        has = has + moved
        if day < since:
            before = has
        elif day <= until and moved != Sums():
            entries.append(Entry(txn.txn_id, txn.kind, day, moved, has))
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
