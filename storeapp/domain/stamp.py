"""Stamps: a day with a purchase is a stamp on a member's card, and a full row of them is thanked for.

The owner writes what how many bring, `5 = points 50; 10 = coupon 10 over 50`; the largest number fills a card, and the
next stamp begins a new one. Nothing is counted that could disagree with the sales: a card is read from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from storeapp.domain.owner_word import is_id
from storeapp.domain.reward import Reward, read_reward
from storeapp.domain.rule_words import plain

TEXT_MOST, STAMPS_MOST = 400, 100
_GOAL = re.compile(r"(\d{1,3})(?:\s+visits)?\s*(?:[=＝]|->)\s*(.+)")
_TEMPLATE = re.compile(r"template\s+(\S+)")


@dataclass(frozen=True, slots=True)
class Goal:
    """What the `stamps`th stamp of a card brings: a reward, or a coupon of the owner's template."""

    stamps: int
    reward: Reward | None = None
    template: str = ""


@dataclass(frozen=True, slots=True)
class StampRules:
    """Cards count from the business day `since` on; a day is a stamp with one purchase of `least_fen` or more."""

    goals: tuple[Goal, ...] = ()
    since: str = ""
    least_fen: int = 1

    @property
    def is_on(self) -> bool:
        return bool(self.goals and self.since)

    @property
    def card(self) -> int:
        """How many stamps fill a card."""
        return self.goals[-1].stamps if self.goals else 0

    def goal_at(self, stamp: int) -> Goal | None:
        """What her `stamp`th stamp of all, from 1, brings."""
        place = (stamp - 1) % self.card + 1
        return next((goal for goal in self.goals if goal.stamps == place), None)


@dataclass(frozen=True, slots=True)
class StampCard:
    """`have` of `of` stamps on the card she holds; a full one is shown full until the next stamp."""

    have: int
    of: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is left of one purchase of a business day."""

    day: str
    left_fen: int


@lru_cache(maxsize=8)
def read_goals(text: str) -> tuple[Goal, ...]:
    """The owner's text, fewest stamps first; raises ValueError with the part that says nothing."""
    found: dict[int, Goal] = {}
    for part in filter(None, (piece.strip() for piece in re.split(r"[;；\n]", text))):
        goal = _goal(part)
        if goal.stamps in found:
            raise ValueError(part)
        found[goal.stamps] = goal
    return tuple(found[stamps] for stamps in sorted(found))


def stamped(purchases: Iterable[Purchase], rules: StampRules) -> tuple[str, ...]:
    """The days that are a stamp, oldest first; two purchases of a day are one."""
    least = max(rules.least_fen, 1)
    return tuple(sorted({each.day for each in purchases if each.left_fen >= least and each.day >= rules.since}))


def card_of(stamps: int, rules: StampRules) -> StampCard:
    """The card somebody with so many stamps holds."""
    return StampCard((stamps - 1) % rules.card + 1 if stamps else 0, rules.card)


def is_since(text: str) -> bool:
    """Whether cards can begin there: an ISO day, or nothing."""
    try:
        return text == "" or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _goal(part: str) -> Goal:
    match = _GOAL.fullmatch(part)
    if match is None or not 1 <= int(match[1]) <= STAMPS_MOST:
        raise ValueError(part)
    named = _TEMPLATE.fullmatch(plain(match[2], "template"))
    if named is not None:
        if not is_id(named[1]):
            raise ValueError(part)
        return Goal(int(match[1]), template=named[1])
    return Goal(int(match[1]), read_reward(match[2]))
