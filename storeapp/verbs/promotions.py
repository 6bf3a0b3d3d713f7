"""promotion list | show | put | replay | live | end: what the shop takes off by itself, and since when."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from storeapp import app
from storeapp.domain.promotion_version import BadPromotion
from storeapp.domain.replay import as_data
from storeapp.till import promotions, trial
from storeapp.ui import wording
from storeapp.verbs.documents import documents_in, listed, of_some, put_from_file, shown, tell, tell_history
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common, whole

KEY = "promotions"


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("promotion", help="what the shop takes off by itself, and since when")
    deeds = parser.add_subparsers(dest="deed", metavar="list|show|put|replay|live|end", required=True)
    listed(deeds, "every promotion and its state", _list)
    shown(deeds, "the rules of one, and everything said of it", _show)
    put_from_file(deeds, "drafts the rules", _put)
    replay = deeds.add_parser("replay", help="what it would have cost on past receipts")
    replay.add_argument("what", metavar="FILE-or-ID", help="rules in a file, or the id of a promotion")
    replay.add_argument("--days", type=whole, default=30, metavar="N", help="so many business days (default: 30)")
    common(replay)
    replay.set_defaults(run=_replay)
    live = of_some(deeds, "live", "in force from now on, within their dates", _live)
    live.add_argument("--unreplayed", action="store_true", help="although it was never tried on past receipts")
    of_some(deeds, "end", "in force no more", _end)


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        every = promotions.every_promotion(till.shop)
    tell(every, output, key=KEY)
    return DONE


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        now = promotions.known(books, chosen.id)
        history = books.promotions.history(chosen.id)
    tell_history(now, history, output, key=KEY, one="promotion")
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
