"""Life stage: where a member stands with the shop, and the day she came to stand there.

A stage is left later than it is entered, so that a member between two of them does not change every night: who is loyal
stays so until she is a quarter later than it took to become so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Stage = Literal["new", "active", "loyal", "cooling", "lost"]
STAGES: tuple[Stage, ...] = ("new", "active", "loyal", "cooling", "lost")


@dataclass(frozen=True, slots=True)
class StageRules:
    """The owner's bounds. Intervals are counted in a member's own usual days, or in `usual_days` while she has none."""

    new_days: int = 30
    usual_days: int = 30
    loyal_visits: int = 6
    loyal_within_days: int = 180
    cooling_after: float = 2.0
    lost_after: float = 4.0
    slack: float = 1.25


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a member's visits. `recent_visits` are those within the rules' `loyal_within_days`."""

    first_on: date
    last_on: date
    visits: int
    recent_visits: int
    usual_days: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Her stage, and the day it began."""

    stage: Stage
    since: date


def stage(seen: Seen, *, today: date, rules: StageRules, before: Stage | None = None) -> Stage:
    """Where she stands today; `before` is where she stood yesterday."""
    waited = max((today - seen.last_on).days, 0)
    usual = max(seen.usual_days or rules.usual_days, 1)
    # warm ones get the slack before they cool, cold ones need a visit to warm up again
    slack = rules.slack if before in ("new", "active", "loyal") else 1.0
    if waited > rules.lost_after * usual * (rules.slack if before == "cooling" else 1.0):
        return "lost"
    if waited > rules.cooling_after * usual * slack:
        return "lost" if before == "lost" else "cooling"
    if seen.visits == 1:
        return "new" if (today - seen.first_on).days <= rules.new_days else "active"
    wanted = rules.loyal_visits if before != "loyal" else rules.loyal_visits - 1
    return "loyal" if seen.recent_visits >= wanted else "active"


def standing(seen: Seen, *, today: date, rules: StageRules, before: Standing | None) -> Standing:
    """Her stage with the day it began: today, unless it is the one she had."""
    now = stage(seen, today=today, rules=rules, before=None if before is None else before.stage)
    return before if before is not None and before.stage == now else Standing(now, today)
