"""outreach list | outcome: whom to write to today and why, and what became of it."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain.outreach import OUTCOMES
from storeapp.till import members, outreach
from storeapp.till.outreach import Letter, Morning
from storeapp.ui import people_words
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import a_day, common
from storeapp.words import words


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("outreach", help="whom to write to today and why, and what became of it")
    deeds = parser.add_subparsers(dest="deed", metavar="list|outcome", required=True)
    listed = deeds.add_parser("list", help="today's short list, with the words ready to be sent")
    common(listed)
    listed.set_defaults(run=_list)
    outcome = deeds.add_parser("outcome", help="what became of writing to her")
    outcome.add_argument("phone", metavar="PHONE")
    outcome.add_argument("outcome", choices=OUTCOMES)
    outcome.add_argument("--day", type=a_day, metavar="DATE", help="of which day's list; today's if left out")
    outcome.add_argument("--by", default="script", metavar="CODE", help="who wrote to her")
    common(outcome)
    outcome.set_defaults(run=_outcome)


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        outreach.prepare(till.shop, clock=till.clock)
        with till.shop.reading() as books:
            # her language is the receipt's, not the owner's
            hers = words(books.policy.in_force().text("receipt.language"))
            now = outreach.morning(books, hers, clock=till.clock)
    if output.as_json:
        output.document(_told(now))
        return DONE
    _ = output.t
    if not now.letters:
        output.say(_("Nobody to write to today."))
    for one in now.letters:
        reason = people_words.reason(one.due.reason, output.words)
        outcome = people_words.outcome(one.due.outcome, output.words)
        output.say(f"{one.name}  {one.phone_masked}  {reason}  [{outcome}]")
        if not now.is_quiet:
            output.say(f"    {one.text}")
    if now.is_quiet:
        until = f"{now.rules.quiet_until:%H:%M}"
        output.say(_("Quiet hours: the words are shown from {until} on.").format(until=until))
    said = _("Written in 30 days: {count}, of it selling {percent}%")
    output.say(said.format(count=now.written, percent=now.selling_percent))
    return DONE


def _told(now: Morning) -> dict[str, Any]:
    return {
        "date": now.day.isoformat(),
        "quiet": now.is_quiet,
        "written_30_days": now.written,
        "selling_percent": now.selling_percent,
        "people": [_person(one, is_quiet=now.is_quiet) for one in now.letters],
    }


def _person(one: Letter, *, is_quiet: bool) -> dict[str, Any]:
    return {
        "member_id": one.due.member_id,
        "name": one.name,
        "phone": one.phone_masked,
        "reason": one.due.reason,
        "detail": one.due.detail,
        "last_on": None if one.last_on is None else one.last_on.isoformat(),
        "outcome": one.due.outcome,
        "text": None if is_quiet else one.text,
    }


def _outcome(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            member_id = members.by_phone(books, chosen.phone).member_id
        due = outreach.settle(till.shop, member_id, chosen.outcome, by=chosen.by, clock=till.clock, day=chosen.day)
    if output.as_json:
        output.document(
            {"date": due.day.isoformat(), "member_id": member_id, "reason": due.reason, "outcome": due.outcome}
        )
    else:
        output.say(people_words.outcome(due.outcome, output.words))
    return DONE
