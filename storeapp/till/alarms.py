"""Alarms: what the till finds out about itself, what the cloud tells it, and that somebody has looked.

Nobody at the counter has to understand one: selling goes on, and a count stands in the window's last line until a
person who may has seen it. That person's name stays with it, here and in the journal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from storeapp.domain.alarm import BOOKS, CLOCK, CUSTODY, OWN, Alarm, UnknownAlarm, is_told_again
from storeapp.domain.member import masked_name, masked_phone
from storeapp.domain.staff import NotAllowed, Right
from storeapp.till import clock_watch
from storeapp.till.approvals import may
from storeapp.till.liability import custody_missing
from storeapp.till.moments import day_of, local_moment, today
from storeapp.till.ports import Books, Clock, Shop

RIGHT: Right = "alarms"


def look(shop: Shop, *, clock: Clock) -> bool:
    """Looks at what this till can find out alone: does the ledger add up, is enough in custody.

    What does not hold any more is over; what still holds is told again after it has rested for a while.
    True where something is not as it was.
    """
    with shop.reading() as books:
        found = dict(_findings(books))
        # a quiet morning writes nothing
        if not any(_changes(books, found, clock)):
            return False
    with shop.writing() as books:
        # once more: somebody may have looked meanwhile
        for alarm in _changes(books, found, clock):
            books.alarms.put(alarm)
    return True


def see(shop: Shop, alarm_id: str, *, by: str, clock: Clock) -> Alarm:
    """Somebody who may has looked at it, and it goes on record; twice is as good as once.

    Raises UnknownAlarm or NotAllowed.
    """
    at = clock.now().isoformat()
    with shop.writing() as books:
        if not may(books, by, RIGHT):
            person = books.staff.by_code(by)
            raise NotAllowed(RIGHT, "cashier" if person is None else person.role)
        alarm = books.alarms.by_id(alarm_id)
        if alarm is None or alarm.state == "over":
            raise UnknownAlarm(alarm_id)
        if alarm.state == "seen":
            return alarm
        if alarm_id == CLOCK:
            return clock_watch.confirm_in(books, alarm, by=by, at=at)
        seen = replace(alarm, state="seen", by=by, settled_at=at)
        books.alarms.put(seen)
        books.journal.append("alarm.seen", {"alarm_id": alarm_id, "kind": alarm.kind, "by": by}, at=at)
    return seen


def whose(books: Books, alarm: Alarm) -> str:
    """Her name and number, masked, if the alarm is about a member this till knows."""
    member_id = alarm.facts.get("member_id") or alarm.facts.get("newcomer_id")
    account = str(alarm.facts.get("account", ""))
    found = books.members.by_id(str(member_id or account.partition(":")[2]))
    return "" if found is None else f"{masked_name(found.name)} {masked_phone(found.phone)}".strip()


def hear(books: Books, told: Alarm) -> None:
    """What the cloud says of one. Seen here, it does not wait again because the cloud has not heard of that yet."""
    held = books.alarms.by_id(told.alarm_id)
    if told.alarm_id not in (*OWN, CLOCK) and (held is None or held.state == "open" or told.state != "open"):
        books.alarms.put(told)


def _findings(books: Books) -> Iterator[tuple[str, Mapping[str, Any]]]:
    proof, missing = books.proofs.last(), custody_missing(books)
    if proof is not None and proof.faults:
        yield BOOKS, {"faults": proof.faults, "example": proof.first[0]}
    if missing:
        yield CUSTODY, {"missing_fen": missing.fen}


def _changes(books: Books, found: Mapping[str, Mapping[str, Any]], clock: Clock) -> Iterator[Alarm]:
    """What becomes of the alarms of this till's own, as far as anything does."""
    at, day = clock.now().isoformat(), today(books, clock)
    for kind in OWN:
        known, facts = books.alarms.by_id(kind), found.get(kind)
        if facts is None:
            if known is not None and known.state != "over":
                yield replace(known, state="over", settled_at=at)
            continue
        seen_on = _day(books, known.settled_at) if known is not None and known.settled_at else None
        if known is None or is_told_again(known, seen_on=seen_on, today=day):
            yield Alarm(kind, kind, at, facts=facts)
        elif known.facts != facts:
            # the same trouble, more or less of it
            yield replace(known, facts=facts)


def _day(books: Books, moment: str) -> date:
    return day_of(local_moment(books, datetime.fromisoformat(moment)), books.policy.in_force())
