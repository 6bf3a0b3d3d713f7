"""points expire, points ripen: ends what is due, makes what waited hers; the window does both by itself."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from storeapp import app
from storeapp.domain.money import Money
from storeapp.till import expiring, ripening
from storeapp.ui import wording
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("points", help="ends what is over, makes points that waited hers")
    deeds = parser.add_subparsers(dest="deed", metavar="expire|ripen", required=True)
    expire = deeds.add_parser("expire", help="ends what is due; again, it ends nothing twice")
    expire.add_argument("--dry-run", action="store_true", help="says what would end, and ends nothing")
    common(expire)
    expire.set_defaults(run=_expire)
    ripen = deeds.add_parser("ripen", help="makes points hers that waited long enough; again, it gives nothing twice")
    common(ripen)
    ripen.set_defaults(run=_ripen)


def _ripen(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        ripe = ripening.ripen(till.shop, clock=till.clock, progress=output.progress)
    output.progress_over()
    if output.as_json:
        output.document(asdict(ripe))
    else:
        said = output.words.n(
            "{points} points of {n} sale are good now.", "{points} points of {n} sales are good now.", ripe.sales
        )
        output.say(said.format(points=f"{ripe.points:,}", n=ripe.sales))
    return DONE


def _expire(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        if chosen.dry_run:
            with till.shop.reading() as books:
                ended = expiring.due(books, clock=till.clock)
        else:
            ended = expiring.expire(till.shop, clock=till.clock, progress=output.progress)
    output.progress_over()
    if output.as_json:
        output.document(asdict(ended) | {"dry_run": chosen.dry_run})
        return DONE
    said = output.n("{n} member: ", "{n} members: ", ended.members)
    what = output.t("{points} points and {bonus} of gifts ended, good until before {day}.")
    bonus = wording.money(Money(ended.bonus_fen))
    output.say(said + what.format(points=f"{ended.points:,}", bonus=bonus, day=ended.before))
    return DONE
