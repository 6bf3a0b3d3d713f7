"""Card use: what a sale took off a member's card, as its receipt, its legs and a later refund tell it.

Each card a sale uses moves four accounts of its own: the times left, the times taken, what is still owed of the money
paid, and what the times taken cost one by one. A refund takes back so many times of them as goods come back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storeapp.domain.card_doc import worth_account
from storeapp.domain.ledger import Leg, LotMove, Txn, times_account

EARNED, LISTED = "cards.earned", "cards.listed"
_FOLLOW = 6
"""Legs of one card in an entry: three pairs, none left out."""


def taken_account(card_id: str) -> str:
    """Times that were taken off a card for goods."""
    return f"times.taken:{card_id}"


def listed_account(card_id: str) -> str:
    """What the times taken off a card cost one by one, in fen."""
    return f"card.listed:{card_id}"


@dataclass(frozen=True, slots=True)
class Covered:
    """`times` pieces of line `line` were taken by a card; one by one they cost `listed_fen`."""

    line: int
    times: int
    listed_fen: int


@dataclass(frozen=True, slots=True)
class CardUse:
    """What a sale took off one card: `after` of `whole` times are left.

    `earned_fen` of what was paid is the shop's now; `lots` are those the times came out of.
    """

    card_id: str
    name: str
    number: str
    whole: int
    before: int
    after: int
    earned_fen: int
    lines: tuple[Covered, ...]
    until: str = ""
    lots: tuple[LotMove, ...] = ()

    @property
    def times(self) -> int:
        return self.before - self.after

    @property
    def paid_times(self) -> int:
        """Of its times, those that were paid for: they alone are worth something."""
        return -sum(move.amount for move in self.lots if move.lot_id == self.card_id)

    @property
    def listed_fen(self) -> int:
        return sum(line.listed_fen for line in self.lines)


@dataclass(frozen=True, slots=True)
class CardBack:
    """`times` that came back to a card with its goods; `after` are on it then."""

    card_id: str
    name: str
    times: int
    after: int


def earned_fen(worth_fen: int, *, left: int, taken: int) -> int:
    """What becomes the shop's where `taken` of `left` paid times are taken and `worth_fen` was owed for them.

    The last time takes what is left, to the fen; times that were given earn nothing.
    """
    return worth_fen - worth_fen * (left - taken) // left if taken else 0


def legs(use: CardUse) -> tuple[Leg, ...]:
    """Its legs in a sale, always six of them: a refund finds its own by their place."""
    card = use.card_id
    return (
        Leg(times_account(card), "times", -use.times),
        Leg(taken_account(card), "times", use.times),
        Leg(worth_account(card), "fen", -use.earned_fen),
        Leg(EARNED, "fen", use.earned_fen),
        Leg(listed_account(card), "fen", use.listed_fen),
        Leg(LISTED, "fen", -use.listed_fen),
    )


def without_cards(original: Txn) -> Txn:
    """A sale's entry as it would be without its cards: the part a refund takes back in proportion to the money."""
    first = first_leg(original)
    return (
        original
        if first is None
        else Txn(original.txn_id, original.kind, original.at, original.legs[:first], original.member_id)
    )


def first_leg(original: Txn) -> int | None:
    """Where the legs of cards begin in a sale's entry, which they end; None where it used none."""
    prefix = times_account("")
    return next((n for n, leg in enumerate(original.legs) if leg.account.startswith(prefix)), None)


def times_back(uses: Sequence[CardUse], back: Mapping[int, tuple[int, int, int]]) -> tuple[tuple[int, int], ...]:
    """By card: the times that come back, and what those cost one by one.

    `back` says by line how much of it came back before, how much does now, and how much was sold. As with money,
    the times follow the cumulated quantity; what they cost follows the times, for the law's formula counts both.
    """
    found = []
    for use in uses:
        times = fen = 0
        for covered in use.lines:
            done, now, whole = back.get(covered.line, (0, 0, 1))
            before, after = covered.times * done // whole, covered.times * (done + now) // whole
            times += after - before
            fen += _part(covered.listed_fen, before, after - before, covered.times)
        found.append((times, fen))
    return tuple(found)


def parts_back(uses: Sequence[CardUse], back: Sequence[tuple[int, int]], past: Sequence[int]) -> tuple[int, ...]:
    """How much of the legs of `uses`, in their order, is taken back; `past` of each was before.

    Times that were paid for come back before those that were given, as the lots do.
    """
    parts: list[int] = []
    for n, (use, (times, listed)) in enumerate(zip(uses, back, strict=True)):
        before = past[n * _FOLLOW : (n + 1) * _FOLLOW] or (0,) * _FOLLOW
        paid = use.paid_times
        earned = use.earned_fen * min(before[0] + times, paid) // paid - before[2] if paid else 0
        parts += [times, times, earned, earned, listed, listed]
    return tuple(parts)


def _part(amount: int, done: int, now: int, whole: int) -> int:
    return amount * (done + now) // whole - amount * done // whole


def body(uses: Sequence[CardUse]) -> list[dict[str, Any]]:
    """As the journal carries it."""
    return [
        {
            **told(use),
            "earned_fen": use.earned_fen,
            "lots": [{"lot_id": move.lot_id, "amount": move.amount} for move in use.lots],
        }
        for use in uses
    ]


def told(use: CardUse) -> dict[str, Any]:
    """As a script is told."""
    return {
        "card_id": use.card_id,
        "card": use.number,
        "name": use.name,
        "times": use.times,
        "before": use.before,
        "after": use.after,
        "of": use.whole,
        "until": use.until or None,
        "lines": [{"line": each.line, "times": each.times, "listed_fen": each.listed_fen} for each in use.lines],
    }


def from_body(rows: Sequence[Mapping[str, Any]]) -> tuple[CardUse, ...]:
    """What `body` wrote."""
    return tuple(
        CardUse(
            row["card_id"],
            row["name"],
            row["card"],
            row["of"],
            row["before"],
            row["after"],
            row["earned_fen"],
            tuple(Covered(each["line"], each["times"], each["listed_fen"]) for each in row["lines"]),
            row["until"] or "",
            tuple(LotMove(times_account(row["card_id"]), each["lot_id"], each["amount"]) for each in row["lots"]),
        )
        for row in rows
    )


def back_data(back: Sequence[CardBack]) -> list[dict[str, Any]]:
    """What came back, as the journal and scripts hold it."""
    return [{"card_id": each.card_id, "name": each.name, "times": each.times, "after": each.after} for each in back]


def back_from(rows: Sequence[Mapping[str, Any]]) -> tuple[CardBack, ...]:
    """What `back_data` wrote."""
    return tuple(CardBack(row["card_id"], row["name"], row["times"], row["after"]) for row in rows)
