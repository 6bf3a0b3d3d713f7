"""What the leak rules read and answer with: events of the journal and findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storeapp.domain.policy_leaks import Thresholds


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
