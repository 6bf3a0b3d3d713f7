"""points expire: ends what is due of points and given value; the window does it by itself."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from storeapp import app
from storeapp.domain.money import Money
from storeapp.till import expiring
from storeapp.ui import wording
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("points", help="ends points and given value whose days are over")
    deeds = parser.add_subparsers(dest="deed", metavar="expire", required=True)
    expire = deeds.add_parser("expire", help="ends what is due; again, it ends nothing twice")
    expire.add_argument("--dry-run", action="store_true", help="says what would end, and ends nothing")
    common(expire)
    expire.set_defaults(run=_expire)


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
