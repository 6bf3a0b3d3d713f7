"""alarm list | see: what waits for somebody, and that somebody has looked."""

from __future__ import annotations

import argparse

from storeapp import app
from storeapp.domain.alarm import Alarm
from storeapp.till import alarms
from storeapp.ui import alarm_words, wording
from storeapp.verbs.deeds import by_hand_of
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("alarm", help="what waits for the owner, and who has looked")
    deeds = parser.add_subparsers(dest="deed", metavar="list|see", required=True)
    listed = deeds.add_parser("list", help="looks once more, and tells what waits")
    listed.add_argument("--all", action="store_true", help="also what somebody has seen, and what is over")
    common(listed)
    listed.set_defaults(run=_list)
    seen = deeds.add_parser("see", help="somebody has looked at one")
    seen.add_argument("alarm_id", metavar="ID")
    by_hand_of(seen)
    common(seen)
    seen.set_defaults(run=_see)


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        alarms.look(till.shop, clock=till.clock)
        with till.shop.reading() as books:
            found = [alarm for alarm in books.alarms.latest() if chosen.all or alarm.state == "open"]
    if output.as_json:
        output.document({"alarms": [_told(alarm) for alarm in found]})
        return DONE
    for alarm in found:
        mark = "!" if alarm.state == "open" else " "
        place = f" · {alarm.place}" if alarm.place else ""
        output.say(f"{mark} {wording.moment(alarm.at)}{place} · {alarm_words.in_one_line(alarm, output.words)}")
        output.say(f"  {output.t(alarm_words.said(alarm).next)}", f"  {alarm.alarm_id} {alarm.by}".rstrip())
    if not found:
        output.say(output.t("Nothing waits for anybody."))
    return DONE


def _see(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        seen = alarms.see(till.shop, chosen.alarm_id, by=chosen.actor, clock=till.clock)
    if output.as_json:
        output.document(_told(seen))
    else:
        output.say(output.t("{name} looked at it, {at}").format(name=seen.by, at=wording.moment(seen.settled_at)))
    return DONE


def _told(alarm: Alarm) -> dict[str, object]:
    return {
        "alarm_id": alarm.alarm_id,
        "kind": alarm.kind,
        "at": alarm.at,
        "till": alarm.place,
        "facts": dict(alarm.facts),
        "state": alarm.state,
        "by": alarm.by,
        "settled_at": alarm.settled_at,
    }
