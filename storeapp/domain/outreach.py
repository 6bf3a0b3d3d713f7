"""Outreach: the few people worth a word today, each with the reason why; and everybody who is left in peace.

Nobody is written to who has not agreed, who has opted out, or who heard from the shop a short while ago. The list is
short on purpose, a person writes each message, and service comes before selling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

# service speaks of her, selling of the shop's goods; their share is the mix the owner sees
Reason = Literal[
    "make_good",
    "thanks",
    "nurture_1",
    "nurture_3",
    "nurture_7",
    "birthday",
    "due",
    "cooling",
    "coupon_lapses",
    "card_ends",
    "next_category",
]
SELLING: frozenset[Reason] = frozenset({"due", "coupon_lapses", "next_category"})
# what comes first when a day has more people than words
ORDER: tuple[Reason, ...] = (
    "make_good", "nurture_1", "birthday", "nurture_3", "nurture_7", "thanks", "due", "card_ends", "cooling",
    "coupon_lapses", "next_category",
)  # fmt: skip
Outcome = Literal["done", "replied", "bought", "skipped"]
OUTCOMES: tuple[Outcome, ...] = ("done", "replied", "bought", "skipped")
WRITTEN: frozenset[str] = frozenset({"done", "replied", "bought"})


@dataclass(frozen=True, slots=True)
class OutreachRules:
    """The owner's bounds: how many a day, how long she is left in peace, when nobody is written to."""

    most_a_day: int = 9
    peace_days: int = 14
    selling_share_percent: int = 20
    quiet_from: time = time(21, 0)
    quiet_until: time = time(9, 0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody there is a reason to write to. `weight` orders those with the same reason, the larger first."""

    member_id: str
    reason: Reason
    weight: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody on the list of `day`. `outcome` is "" while nobody has said; then `at` and `by` tell when and who."""

    day: date
    member_id: str
    reason: Reason
    detail: str = ""
    outcome: Outcome | Literal[""] = ""
    at: str = ""
    by: str = ""

    @property
    def is_written(self) -> bool:
        """True if she really heard from the shop."""
        return self.outcome in WRITTEN


@dataclass(frozen=True, slots=True)
class Peace:
    """What speaks against writing to a member."""

    has_agreed: bool
    opted_out: bool = False
    last_written_on: date | None = None


def is_quiet(now: time, rules: OutreachRules) -> bool:
    """True while nobody is written to; the hours may run across midnight."""
    start, end = rules.quiet_from, rules.quiet_until
    return start <= now < end if start <= end else now >= start or now < end


def may_write(peace: Peace, *, today: date, rules: OutreachRules, reason: Reason) -> bool:
    """Whether she may be written to today. Her welcome after the first visit and an apology keep their own days."""
    if not peace.has_agreed or peace.opted_out:
        return False
    if peace.last_written_on is None:
        return True
    # a clock set back must not open the gate
    waited = (today - peace.last_written_on).days
    return waited > 0 if reason == "make_good" or reason.startswith("nurture_") else waited >= rules.peace_days


def queue(
    candidates: Iterable[Candidate], peace: Mapping[str, Peace], *, today: date, rules: OutreachRules
) -> tuple[Candidate, ...]:
    """Today's people, each once and with her best reason; selling never takes more than its share."""
    chosen: dict[str, Candidate] = {}
    selling_left = rules.most_a_day * rules.selling_share_percent // 100
    for candidate in sorted(candidates, key=_rank):
        known = peace.get(candidate.member_id)
        sells = candidate.reason in SELLING
        if len(chosen) == rules.most_a_day:
            break
        if candidate.member_id in chosen or known is None or (sells and not selling_left):
            continue
        if may_write(known, today=today, rules=rules, reason=candidate.reason):
            chosen[candidate.member_id] = candidate
            selling_left -= sells
    return tuple(chosen.values())


def nurture_step(days_known: int) -> Reason | None:
    """What is due so many days after her first visit."""
    steps: dict[int, Reason] = {1: "nurture_1", 3: "nurture_3", 7: "nurture_7"}
    return steps.get(days_known)


def mix(written: Sequence[Reason]) -> int:
    """The percent of messages that sold something; 0 for none."""
    return 100 * sum(reason in SELLING for reason in written) // len(written) if written else 0


def _rank(candidate: Candidate) -> tuple[int, int, str]:
    return ORDER.index(candidate.reason), -candidate.weight, candidate.member_id
