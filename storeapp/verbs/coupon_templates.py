"""coupon template list | put | end: the kinds of coupon the owner has."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain.coupon_terms import BadCouponTerms
from storeapp.till import coupon_templates
from storeapp.verbs.documents import by_whom, documents_in, tell, told
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common

KEY = "templates"


def add_to(deeds: Any) -> None:
    """The verbs of templates."""
    parser = deeds.add_parser("template", help="kinds of coupon: what one is worth, how long, how many")
    verbs = parser.add_subparsers(dest="verb", metavar="list|put|end", required=True)
    every = verbs.add_parser("list", help="every template and its state")
    common(every)
    every.set_defaults(run=_list)
    put = verbs.add_parser("put", help="the templates in FILE: one JSON object, a list of them, or JSON lines")
    put.add_argument("file", metavar="FILE")
    by_whom(put)
    put.set_defaults(run=_put)
    end = verbs.add_parser("end", help="no more coupons of it; those that are out stay good")
    end.add_argument("ids", metavar="ID", nargs="+")
    by_whom(end)
    end.set_defaults(run=_end)


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        every = books.coupon_templates.every()
    if output.as_json:
        output.document({KEY: [told(word) | {"template": dict(word.data)} for word in every]})
    else:
        tell(every, output, key=KEY)
    return DONE


def _put(chosen: argparse.Namespace, output: Output) -> int:
    rows = documents_in(chosen.file, BadCouponTerms)
    with app.open_till(chosen.shop) as till:
        put = coupon_templates.put_templates(till.shop, rows, clock=till.clock, by=chosen.by)
    tell(put, output, key=KEY)
    return DONE


def _end(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        ended = coupon_templates.end_templates(till.shop, tuple(chosen.ids), clock=till.clock, by=chosen.by)
    tell(ended, output, key=KEY)
    return DONE
