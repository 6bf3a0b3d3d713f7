"""member note | timeline: what is noted of her, and everything that happened with her."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from storeapp.domain.staff import SCRIPT
from storeapp.till import member_file
from storeapp.ui import people_words
from storeapp.verbs.documents import by_whom
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import a_count
from storeapp.verbs.whom import member_id_of, till_of


def add_to(deeds: Any) -> None:
    """Two deeds of `member`."""
    note = deeds.add_parser("note", help="her note, birthday and tags; what is not said stays")
    note.add_argument("who", metavar="PHONE|ID")
    note.add_argument("--note", metavar="TEXT")
    note.add_argument("--birthday", metavar="MM-DD")
    note.add_argument("--tags", metavar="A,B", help="all her tags by hand, with commas between")
    by_whom(note)
    note.set_defaults(run=_note)
    timeline = deeds.add_parser("timeline", help="everything that happened with her, the latest first")
    timeline.add_argument("who", metavar="PHONE|ID")
    timeline.add_argument("--page", type=a_count, default=0, metavar="N", help="0 is the latest (default)")
    timeline.add_argument("--looks", action="store_true", help="also who opened her file")
    by_whom(timeline)
    timeline.set_defaults(run=_timeline)


def _note(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
            member, tags = books.members.by_id(member_id), books.layers.tags_of(member_id)
        assert member is not None
        note = member.note if chosen.note is None else chosen.note
        birthday = member.birthday if chosen.birthday is None else chosen.birthday
        wanted = tags if chosen.tags is None else tuple(chosen.tags.split(","))
        member_file.describe(
            till.shop, member_id, note=note, birthday=birthday, tags=wanted, by=chosen.by, clock=till.clock
        )
        with till.shop.reading() as books:
            member, tags = books.members.by_id(member_id), books.layers.tags_of(member_id)
    assert member is not None
    if output.as_json:
        output.document({"member_id": member_id, "note": member.note, "birthday": member.birthday, "tags": list(tags)})
    else:
        output.say(output.t("Noted."))
    return DONE


def _timeline(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
            zone = ZoneInfo(books.policy.in_force().text("shop.zone"))
            found = member_file.timeline(books, member_id, page=chosen.page, looks=chosen.looks)
        member_file.look(till.shop, member_id, by=chosen.by or SCRIPT, clock=till.clock)
    if output.as_json:
        rows = [{"at": datetime.fromtimestamp(row.at_s, zone).isoformat(), **asdict(row)} for row in found.rows]
        for row in rows:
            del row["at_s"]
        output.document({"member_id": member_id, "page": found.page, "has_more": found.has_more, "rows": rows})
        return DONE
    said = [people_words.row_of(row, zone, output.words) for row in found.rows]
    _ = output.t
    lines = [(one.right_detail, one.title, one.detail, one.right) for one in said]
    output.table((_("when"), _("what"), "", "¥"), lines, right=(3,))
    return DONE
