"""promotion list | show | put | replay | live | end: what the shop takes off by itself, and since when."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from storeapp import app
from storeapp.domain.promotion_version import BadPromotion
from storeapp.domain.replay import as_data
from storeapp.till import promotions, trial
from storeapp.ui import wording
from storeapp.verbs.documents import by_whom, documents_in, tell, told
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common

KEY = "promotions"


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("promotion", help="what the shop takes off by itself, and since when")
    deeds = parser.add_subparsers(dest="deed", metavar="list|show|put|replay|live|end", required=True)
    every = deeds.add_parser("list", help="every promotion and its state")
    common(every)
    every.set_defaults(run=_list)
    show = deeds.add_parser("show", help="the rules of one, and everything said of it")
    show.add_argument("id")
    common(show)
    show.set_defaults(run=_show)
    put = deeds.add_parser("put", help="drafts the rules in FILE: one JSON object, a list of them, or JSON lines")
    put.add_argument("file", metavar="FILE")
    by_whom(put)
    put.set_defaults(run=_put)
    replay = deeds.add_parser("replay", help="what it would have cost on past receipts")
    replay.add_argument("what", metavar="FILE-or-ID", help="rules in a file, or the id of a promotion")
    replay.add_argument("--days", type=int, default=30, metavar="N", help="so many business days (default: 30)")
    common(replay)
    replay.set_defaults(run=_replay)
    live = deeds.add_parser("live", help="in force from now on, within their dates")
    live.add_argument("ids", metavar="ID", nargs="+")
    live.add_argument("--unreplayed", action="store_true", help="although it was never tried on past receipts")
    by_whom(live)
    live.set_defaults(run=_live)
    end = deeds.add_parser("end", help="in force no more")
    end.add_argument("ids", metavar="ID", nargs="+")
    by_whom(end)
    end.set_defaults(run=_end)


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        every = promotions.every_promotion(till.shop)
    tell(every, output, key=KEY)
    return DONE


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        now = promotions.known(books, chosen.id)
        history = books.promotions.history(chosen.id)
    if output.as_json:
        output.document(told(now) | {"promotion": dict(now.data), "history": [told(word) for word in history]})
        return DONE
    output.say(json.dumps(now.data, ensure_ascii=False, indent=2))
    tell(history, output, key=KEY)
    return DONE


def _put(chosen: argparse.Namespace, output: Output) -> int:
    rows = documents_in(chosen.file, BadPromotion)
    with app.open_till(chosen.shop) as till:
        put = promotions.put_promotions(till.shop, rows, clock=till.clock, by=chosen.by)
    tell(put, output, key=KEY)
    return DONE


def _replay(chosen: argparse.Namespace, output: Output) -> int:
    """A promotion's own version keeps its result; rules in a file are only tried."""
    rows = documents_in(chosen.what, BadPromotion) if Path(chosen.what).is_file() else ()
    with app.open_till(chosen.shop) as till:
        if rows:
            result = trial.try_rules(till.shop, rows, days=chosen.days, clock=till.clock)
        else:
            result = trial.try_out(till.shop, chosen.what, days=chosen.days, clock=till.clock)
    if output.as_json:
        output.document(as_data(result))
        return DONE
    _ = output.t
    said = _("{first} to {last}: {touched} of {sales} sales would have been cheaper, by {cost} in all.")
    output.say(
        said.format(
            first=result.first_day,
            last=result.last_day,
            touched=result.touched,
            sales=result.sales,
            cost=wording.money(result.cost),
        )
    )
    return DONE


def _live(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        live = promotions.go_live(
            till.shop, tuple(chosen.ids), clock=till.clock, by=chosen.by, unreplayed=chosen.unreplayed
        )
    tell(live, output, key=KEY)
    return DONE


def _end(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        ended = promotions.end(till.shop, tuple(chosen.ids), clock=till.clock, by=chosen.by)
    tell(ended, output, key=KEY)
    return DONE
