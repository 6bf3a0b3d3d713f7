"""coupon template list | put | end: the kinds of coupon the owner has."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain.coupon_terms import BadCouponTerms
from storeapp.till import coupon_templates
from storeapp.verbs.documents import documents_in, listed, of_some, put_from_file, tell, told
from storeapp.verbs.output import DONE, Output

KEY = "templates"


def add_to(deeds: Any) -> None:
    """The verbs of templates."""
    parser = deeds.add_parser("template", help="kinds of coupon: what one is worth, how long, how many")
    verbs = parser.add_subparsers(dest="verb", metavar="list|put|end", required=True)
    listed(verbs, "every template and its state", _list)
    put_from_file(verbs, "the templates", _put)
    of_some(verbs, "end", "no more coupons of it; those that are out stay good", _end)


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
