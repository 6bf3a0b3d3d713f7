"""segment list | show | put | drop: saved questions about members, counted as of now."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from storeapp import app
from storeapp.domain import segment
from storeapp.domain.segment import BadSegment
from storeapp.till import segments
from storeapp.ui import segment_words
from storeapp.verbs.documents import by_whom, documents_in
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import a_count, common
from storeapp.verbs.whom import till_of

SHOWN = 200


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("segment", help="saved questions about members, counted as of now")
    deeds = parser.add_subparsers(dest="deed", metavar="list|show|put|drop", required=True)
    every = deeds.add_parser("list", help="every segment and how many members stand in it")
    common(every)
    every.set_defaults(run=_list)
    show = deeds.add_parser("show", help="the question of one, and who stands in it")
    show.add_argument("id")
    show.add_argument("--limit", type=a_count, default=SHOWN, metavar="N", help=f"so many members (default: {SHOWN})")
    common(show)
    show.set_defaults(run=_show)
    put = deeds.add_parser("put", help="saves the segments in FILE: one JSON object, a list of them, or JSON lines")
    put.add_argument("file", metavar="FILE")
    by_whom(put)
    put.set_defaults(run=_put)
    drop = deeds.add_parser("drop", help="asks it no more")
    drop.add_argument("id")
    by_whom(drop)
    drop.set_defaults(run=_drop)


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        found = segments.counts(till.shop, clock=till.clock)
    if output.as_json:
        output.document({"segments": [segment.as_data(each.segment) | {"members": each.members} for each in found]})
        return DONE
    _ = output.t
    if not found:
        output.say(_("There are no segments yet."))
        return DONE
    rows = [
        (each.segment.segment_id, each.segment.name, each.segment.tag, f"{each.members:,}",
         segment_words.conditions(each.segment, output.words))
        for each in found
    ]  # fmt: skip
    output.table((_("id"), _("its name"), _("tag"), _("members"), _("all of this is true")), rows, right=(3,))
    return DONE


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        asked = segments.known(books, chosen.id)
        found = segments.members_in(books, chosen.id, clock=till.clock, most=chosen.limit)
    if output.as_json:
        rows = [{**asdict(one), "phone": one.phone_masked} for one in found]
        for row in rows:
            del row["phone_masked"]
        output.document({"segment": segment.as_data(asked), "members": rows})
        return DONE
    _ = output.t
    output.say(f"{asked.name}: {segment_words.conditions(asked, output.words)}")
    header = (_("phone"), _("name"), _("tier"), _("points"))
    output.table(header, [(one.phone_masked, one.name, one.tier, f"{one.points:,}") for one in found], right=(3,))
    return DONE


def _put(chosen: argparse.Namespace, output: Output) -> int:
    rows = documents_in(chosen.file, BadSegment)
    with till_of(chosen) as till:
        saved = segments.put(till.shop, rows, by=chosen.by, clock=till.clock)
    if output.as_json:
        output.document({"segments": [segment.as_data(each) for each in saved]})
    else:
        for each in saved:
            output.say(f"{each.segment_id}  {each.name}: {segment_words.conditions(each, output.words)}")
    return DONE


def _drop(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        segments.drop(till.shop, chosen.id, by=chosen.by, clock=till.clock)
    if output.as_json:
        output.document({"dropped": chosen.id})
    else:
        output.say(output.t("It is asked no more."))
    return DONE
