"""Tiers: what lifts a member to one, how long she keeps it, and how she comes down again.

The owner writes them from the lowest up: `银卡: spend 1000, visits 12; 金卡: spend 5000; 黑卡: topup 10000`. One of the
conditions of a tier is enough; each is counted over the last `window_days` days. A tier no rule names was given by
hand and is nobody's business but the owner's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from storeapp.domain.money import typed_amount
from storeapp.domain.rule_words import plain
from storeapp.errors import Refused

Downgrade = Literal["step", "all", "never"]
Measure = Literal["spend", "visits", "topup"]
BY_CARD = "card"
"""Who says a tier that a membership gives."""
TEXT_MOST, NAME_MAX, TIERS_MOST = 1_000, 20, 10
_MEASURES = ("spend", "visits", "topup")
_CONDITION = re.compile(rf"({'|'.join(_MEASURES)})\s+([0-9.]+)")


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier; a condition of 0 is none."""

    name: str
    spend_fen: int = 0
    visits: int = 0
    top_up_fen: int = 0


@dataclass(frozen=True, slots=True)
class TierRules:
    """`tiers` from the lowest up."""

    tiers: tuple[Tier, ...] = ()
    window_days: int = 365
    keep_days: int = 365
    downgrade: Downgrade = "step"

    def rank(self, name: str) -> int | None:
        """The place of a tier from 0, -1 of none, and None of one that no rule names."""
        if not name:
            return -1
        return next((place for place, tier in enumerate(self.tiers) if tier.name == name), None)


@dataclass(frozen=True, slots=True)
class TierDone:
    """What a member did in the window: net of what came back."""

    spend_fen: int = 0
    visits: int = 0
    top_up_fen: int = 0


@dataclass(frozen=True, slots=True)
class TierWord:
    """One word about a member's tier: `by` a person with a `reason`, or by the rules (`by` empty, the `measure` that
    lifted her, or nothing where she came down). Until `until` the rules do not take it away."""

    member_id: str
    tier: str
    at: str
    before: str = ""
    by: str = ""
    reason: str = ""
    measure: Measure | None = None
    until: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """The next tier up, and what of one condition is missing: the nearest, in share of the whole."""

    tier: str
    measure: Measure
    missing: int


@lru_cache(maxsize=8)
def read_tiers(text: str) -> tuple[Tier, ...]:
    """The owner's text as tiers; raises ValueError with the part that says nothing."""
    found = [_tier(part) for piece in re.split(r"[;；\n]", text) if (part := piece.strip())]
    if len({tier.name for tier in found}) != len(found) or len(found) > TIERS_MOST:
        raise ValueError(text)
    return tuple(found)


def are_rising(tiers: Sequence[Tier]) -> bool:
    """Whether each asks more than those below it, measure by measure: nobody would ever stand in one that does not."""
    for asked in zip(*((tier.spend_fen, tier.visits, tier.top_up_fen) for tier in tiers), strict=True):
        said = [least for least in asked if least]
        if any(higher <= lower for lower, higher in pairwise(said)):
            return False
    return True


def reached(done: TierDone, rules: TierRules) -> tuple[int, Measure | None]:
    """The place of the highest tier she has reached, and by which measure; -1 for none."""
    for place in range(len(rules.tiers) - 1, -1, -1):
        tier = rules.tiers[place]
        for measure, least, has in _conditions(tier, done):
            if least and has >= least:
                return place, measure
    return -1, None


def judged(
    member_id: str, tier: str, last: TierWord | None, done: TierDone, rules: TierRules, *, today: date, at: str
) -> TierWord | None:
    """What the rules say of her tier today; None where nothing changes."""
    rank = rules.rank(tier)
    if rank is None or not rules.tiers:
        return None
    place, measure = reached(done, rules)
    if place > rank:
        keep = today + timedelta(days=rules.keep_days)
        return TierWord(member_id, rules.tiers[place].name, at, tier, measure=measure, until=keep.isoformat())
    if place == rank or rules.downgrade == "never" or _is_kept(last, rules, today):
        return None
    place = max(place, rank - 1) if rules.downgrade == "step" else place
    keep = today + timedelta(days=rules.keep_days)
    return TierWord(member_id, "" if place < 0 else rules.tiers[place].name, at, tier, until=keep.isoformat())


def next_up(tier: str, done: TierDone, rules: TierRules) -> Next | None:
    """What is missing for the next tier; None at the top, and where her tier is of no rule."""
    rank = rules.rank(tier)
    if rank is None or rank + 1 >= len(rules.tiers):
        return None
    above = rules.tiers[rank + 1]
    # what she brought back may be more than she bought, and a measure the tier does not ask for asks for nothing
    asked = [(measure, least, has) for measure, least, has in _conditions(above, done) if least]
    open_ = [(1 - has / least, measure, least - has) for measure, least, has in asked if least > has]
    if not open_:
        return None
    _share, measure, missing = min(open_)
    return Next(above.name, measure, missing)


def next_after(tier: str, done: TierDone, rules: TierRules) -> Next | None:
    """The same, where a tier she has reached by now counts as hers already, though nobody has said so yet."""
    rank, (place, _measure) = rules.rank(tier), reached(done, rules)
    return next_up(tier if rank is None or place <= rank else rules.tiers[place].name, done, rules)


def _is_kept(last: TierWord | None, rules: TierRules, today: date) -> bool:
    """Whether she may keep what she has a while longer; what nobody ever gave (it came in from a sheet) from today.

    A tier by card ends with the card, and that is not the rules' business.
    """
    if last is None or last.by == BY_CARD:
        return last is not None
    return bool(last.until) and date.fromisoformat(last.until) >= today


def _conditions(tier: Tier, done: TierDone) -> Sequence[tuple[Measure, int, int]]:
    return (
        ("spend", tier.spend_fen, done.spend_fen),
        ("visits", tier.visits, done.visits),
        ("topup", tier.top_up_fen, done.top_up_fen),
    )


def _tier(text: str) -> Tier:
    name, colon, said = re.sub("：", ":", text).partition(":")
    conditions = [piece.strip() for piece in re.split(r"[,，、]", said)]
    if not colon or not 1 <= len(name.strip()) <= NAME_MAX:
        raise ValueError(text)
    found: dict[str, int] = {}
    for condition in conditions:
        match = _CONDITION.fullmatch(plain(condition, *_MEASURES))
        if match is None or match[1] in found:
            raise ValueError(text)
        try:
            found[match[1]] = int(match[2]) if match[1] == "visits" else typed_amount(match[2]).fen
        except Refused:
            raise ValueError(text) from None
    if not all(found.values()):
        raise ValueError(text)
    return Tier(name.strip(), found.get("spend", 0), found.get("visits", 0), found.get("topup", 0))
