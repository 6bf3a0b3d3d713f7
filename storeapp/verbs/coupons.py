"""coupon issue | show: coupons the owner gives away, and how one stands."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain import coupon_terms
from storeapp.domain.coupon import Coupon
from storeapp.till.coupon_issue import issue_coupons
from storeapp.till.coupons import look_up
from storeapp.till.requests import BadRequest
from storeapp.ui import coupon_words
from storeapp.verbs.documents import by_whom, documents_in
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("coupon", help="coupons the owner gives away, and how one stands")
    deeds = parser.add_subparsers(dest="deed", metavar="issue|show", required=True)
    issue = deeds.add_parser("issue", help="the coupons in FILE: one JSON object, a list of them, or JSON lines")
    issue.add_argument("file", metavar="FILE")
    by_whom(issue)
    issue.set_defaults(run=_issue)
    show = deeds.add_parser("show", help="what a code is good for")
    show.add_argument("code")
    common(show)
    show.set_defaults(run=_show)


def _issue(chosen: argparse.Namespace, output: Output) -> int:
    rows = documents_in(chosen.file, BadRequest)
    with app.open_till(chosen.shop) as till:
        made = issue_coupons(till.shop, rows, clock=till.clock, ids=till.ids, by=chosen.by)
    _tell(made, output)
    return DONE


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        found = look_up(books, chosen.code, member_id=None, ids=till.ids).coupon
    if output.as_json:
        output.document(coupon_told(found))
    else:
        _tell((found,), output)
    return DONE


def coupon_told(coupon: Coupon) -> dict[str, Any]:
    """A coupon as JSON."""
    return {
        "coupon_id": coupon.coupon_id,
        "code": coupon.code,
        "offer_id": coupon.offer_id,
        "amount_fen": coupon.amount.fen,
        "min_spend_fen": coupon.min_spend.fen,
        "valid_from": coupon.valid_from.isoformat(),
        "valid_until": coupon.valid_until.isoformat(),
        "state": coupon.state,
        "terms": coupon_terms.as_data(coupon.terms),
    }


def _tell(made: tuple[Coupon, ...], output: Output) -> None:
    if output.as_json:
        output.document({"coupons": [coupon_told(coupon) for coupon in made]})
        return
    words = output.words
    header = (output.t("coupon"), output.t("worth"), "", output.t("from"), output.t("until"), output.t("state"))
    rows = [
        (
            coupon.code,
            coupon_words.worth(coupon.amount, coupon.terms, words),
            coupon_words.condition(coupon.amount, coupon.min_spend, coupon.terms, words),
            coupon.valid_from.isoformat(),
            coupon.valid_until.isoformat(),
            coupon_words.state(coupon.state, words),
        )
        for coupon in made
    ]
    output.table(header, rows)
