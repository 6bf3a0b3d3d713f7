"""Liability: what the shop owes its members at the end of a day, added up from the ledger's legs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storeapp.domain.card_doc import worth_account
from storeapp.domain.ledger import bonus_account, pending_account, points_account, principal_account
from storeapp.domain.money import ZERO, Money

PREFIXES: dict[str, str] = {
    "principal": principal_account(""),
    "bonus": bonus_account(""),
    "points": points_account(""),
    "pending": pending_account(""),
    "cards": worth_account(""),
}
"""What is owed, and how the names of its accounts begin."""


@dataclass(frozen=True, slots=True)
class Owed:
    """`amount` (fen or points) in all, to `members` who hold any."""

    members: int = 0
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """What entries of one `kind` did that day to what is owed: more above zero, less below."""

    kind: str
    principal_fen: int = 0
    bonus_fen: int = 0
    points: int = 0
    pending: int = 0
    cards_fen: int = 0


@dataclass(frozen=True, slots=True)
class Liability:
    """What is owed at the end of `date` (ISO), how the day moved it, and what is to be held in custody for it.

    `promised` are the monthly gifts of top-ups that are still to come, `in_custody` is what the owner says lies apart.

    `fen_each` is what a point pays. Of `cards` that many are out, and so much of what was paid for them is owed.
    """

    date: str
    principal: Owed
    bonus: Owed
    points: Owed
    pending: Owed
    flows: tuple[Flow, ...]
    fen_each: int
    custody_percent: int
    filing: str = ""
    cards: Owed = Owed()
    promised: Money = ZERO
    in_custody: Money = ZERO

    @property
    def custody(self) -> Money:
        """The part of what members paid in that lies apart; a started fen is a whole one."""
        return custody_of(self.principal.amount + self.cards.amount, self.custody_percent)

    @property
    def custody_short(self) -> Money:
        """What is missing there."""
        return max(self.custody - self.in_custody, ZERO)

    @property
    def points_worth(self) -> Money:
        """What all points would pay, those waiting among them."""
        return Money((self.points.amount + self.pending.amount) * self.fen_each)


def custody_of(owed_fen: int, percent: int) -> Money:
    """The part of what is owed that lies apart; a started fen is a whole one."""
    return Money(-(-max(owed_fen, 0) * percent // 100))


def liability(
    date: str,
    owed: Mapping[str, Owed],
    moved: Mapping[str, Mapping[str, int]],
    *,
    fen_each: int,
    custody_percent: int,
    filing: str = "",
    promised: Money = ZERO,
    in_custody: Money = ZERO,
) -> Liability:
    """`owed` and `moved` (by kind of entry) are by the names of PREFIXES."""
    kinds = sorted({kind for by_kind in moved.values() for kind, amount in by_kind.items() if amount})
    flows = tuple(Flow(kind, *(moved[name].get(kind, 0) for name in PREFIXES)) for kind in kinds)
    return Liability(
        date,
        owed["principal"],
        owed["bonus"],
        owed["points"],
        owed["pending"],
        flows,
        fen_each=fen_each,
        custody_percent=custody_percent,
        filing=filing,
        cards=owed["cards"],
        promised=promised,
        in_custody=in_custody,
    )


def as_data(report: Liability) -> dict[str, Any]:
    """The report as JSON."""
    return {
        "date": report.date,
        "principal_fen": report.principal.amount,
        "principal_members": report.principal.members,
        "bonus_fen": report.bonus.amount,
        "bonus_members": report.bonus.members,
        "promised_fen": report.promised.fen,
        "points": report.points.amount,
        "points_members": report.points.members,
        "points_pending": report.pending.amount,
        "cards_fen": report.cards.amount,
        "cards": report.cards.members,
        "points_worth_fen": report.points_worth.fen,
        "custody_percent": report.custody_percent,
        "custody_fen": report.custody.fen,
        "in_custody_fen": report.in_custody.fen,
        "custody_short_fen": report.custody_short.fen,
        "filing": report.filing,
        "day": [
            {
                "kind": flow.kind,
                "principal_fen": flow.principal_fen,
                "bonus_fen": flow.bonus_fen,
                "points": flow.points,
                "points_pending": flow.pending,
                "cards_fen": flow.cards_fen,
            }
            for flow in report.flows
        ],
    }
