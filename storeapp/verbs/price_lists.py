"""price-list list | show | put | live | end: prices beside the shelf's, for whom and when."""

from __future__ import annotations

import argparse
import json
from typing import Any

from storeapp import app
from storeapp.domain.price_list import BadPriceList
from storeapp.till import price_lists
from storeapp.verbs.documents import by_whom, documents_in, tell, told
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common

KEY = "price_lists"


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("price-list", help="prices beside the shelf's, for whom and when")
    deeds = parser.add_subparsers(dest="deed", metavar="list|show|put|live|end", required=True)
    every = deeds.add_parser("list", help="every price list and its state")
    common(every)
    every.set_defaults(run=_list)
    show = deeds.add_parser("show", help="the prices of one, and everything said of it")
    show.add_argument("id")
    common(show)
    show.set_defaults(run=_show)
    put = deeds.add_parser("put", help="drafts the lists in FILE: one JSON object, a list of them, or JSON lines")
    put.add_argument("file", metavar="FILE")
    by_whom(put)
    put.set_defaults(run=_put)
    for name, said, run in (
        ("live", "in force from now on, within their days and hours", _live),
        ("end", "in force no more", _end),
    ):
        deed = deeds.add_parser(name, help=said)
        deed.add_argument("ids", metavar="ID", nargs="+")
        by_whom(deed)
        deed.set_defaults(run=run)


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        every = price_lists.every_list(till.shop)
    tell(every, output, key=KEY)
    return DONE


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        now = price_lists.known(books, chosen.id)
        history = books.price_lists.history(chosen.id)
    if output.as_json:
        output.document(told(now) | {"price_list": dict(now.data), "history": [told(word) for word in history]})
        return DONE
    output.say(json.dumps(now.data, ensure_ascii=False, indent=2))
    tell(history, output, key=KEY)
    return DONE


def _put(chosen: argparse.Namespace, output: Output) -> int:
    rows = documents_in(chosen.file, BadPriceList)
    with app.open_till(chosen.shop) as till:
        put = price_lists.put_price_lists(till.shop, rows, clock=till.clock, by=chosen.by)
    tell(put, output, key=KEY)
    return DONE


def _live(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        live = price_lists.go_live(till.shop, tuple(chosen.ids), clock=till.clock, by=chosen.by)
    tell(live, output, key=KEY)
    return DONE


def _end(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        ended = price_lists.end(till.shop, tuple(chosen.ids), clock=till.clock, by=chosen.by)
    tell(ended, output, key=KEY)
    return DONE
