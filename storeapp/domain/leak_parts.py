"""What the leak rules read and answer with: events of the journal, findings, and how much is too much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the journal as a rule reads it."""

    seq: int
    at: datetime
    type: str
    body: dict[str, Any]

    @property
    def by(self) -> str:
        """Whose hand it was: its cashier, whoever asked, whoever signed in."""
        return str(self.body.get("cashier") or self.body.get("by") or self.body.get("staff") or "")


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` is a closed word, `who` a staff code or a member's id, `count` how often, `evidence` journal numbers."""

    rule: str
    who: str
    count: int
    evidence: tuple[int, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how often on in a day a pattern is worth a look; the owner's policy `leaks.<name>` sets each of them."""

    no_sales: int = 3
    taken_back: int = 3
    cuts_before_cash: int = 3
    soon_minutes: int = 2
    member_sales: int = 8
    member_stores: int = 3
    member_by_cashier: int = 5
    member_share_percent: int = 20
    points_by_hand: int = 3
    wrong_pins: int = 5
    approvals_by_one: int = 10
    approvals_of_pair: int = 5
    looks: int = 30
    looks_a_minute: int = 6
    looks_a_sale: int = 5
    attached_late: int = 3
    counts_again: int = 2
    clock_minutes: int = 5


USUAL = Thresholds()
Rule = Callable[[Sequence[Event], Thresholds], Iterator[Finding]]


def of(events: Sequence[Event], type_: str) -> list[Event]:
    return [event for event in events if event.type == type_]


def by(events: Sequence[Event], *, key: Callable[[Event], str] | None = None) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        found[event.by if key is None else key(event)].append(event)
    return found


def often(rule: str, events: Sequence[Event], least: int) -> Iterator[Finding]:
    for who, found in by(events).items():
        if len(found) >= least:
            yield Finding(rule, who, len(found), seqs(found))


def within(events: Sequence[Event], start: Event, span: timedelta) -> Iterator[Event]:
    return (event for event in events if event.seq > start.seq and event.at - start.at <= span)


def seqs(events: Sequence[Event]) -> tuple[int, ...]:
    return tuple(event.seq for event in events)
