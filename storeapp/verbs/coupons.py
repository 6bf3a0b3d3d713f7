"""coupon issue | show | template | give | void | gifts: coupons given away, their kinds, and how one stands."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from storeapp import app
from storeapp.domain.coupon import Coupon
from storeapp.till.coupon_issue import issue_coupons
from storeapp.till.coupons import look_up
from storeapp.till.her_data import coupon_told as coupon_told
from storeapp.till.requests import BadRequest
from storeapp.ui import coupon_words
from storeapp.verbs import coupon_gifts, coupon_templates
from storeapp.verbs.documents import by_whom, documents_in
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common, whole


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("coupon", help="coupons the owner gives away, and how one stands")
    deeds = parser.add_subparsers(dest="deed", metavar="issue|show|template|give|void|gifts", required=True)
    issue = deeds.add_parser("issue", help="the coupons in FILE (JSON), or coupons of a template")
    issue.add_argument("file", metavar="FILE", nargs="?", help="one JSON object, a list of them, or JSON lines")
    issue.add_argument("--template", metavar="ID", help="of this template, without a file")
    issue.add_argument("--to", metavar="PHONE", help="hers; left out, whoever shows the code uses it")
    issue.add_argument("--count", type=whole, metavar="N", help="so many codes, 1 if left out")
    issue.add_argument("--request", metavar="ID", help="asked once more with the same id, it gives what it gave")
    by_whom(issue)
    issue.set_defaults(run=_issue)
    show = deeds.add_parser("show", help="what a code is good for")
    show.add_argument("code")
    common(show)
    show.set_defaults(run=_show)
    coupon_templates.add_to(deeds)
    coupon_gifts.add_to(deeds, _tell)


def _issue(chosen: argparse.Namespace, output: Output) -> int:
    rows = _rows(chosen)
    with app.open_till(chosen.shop) as till:
        made = issue_coupons(till.shop, rows, clock=till.clock, ids=till.ids, by=chosen.by)
    _tell(made, output)
    return DONE


def _rows(chosen: argparse.Namespace) -> tuple[Mapping[str, Any], ...]:
    said = {"template": chosen.template, "member": chosen.to, "count": chosen.count, "request": chosen.request}
    row = {key: value for key, value in said.items() if value is not None}
    if chosen.file is None:
        if chosen.template is None:
            raise BadRequest("template", "an id, or else a file")
        return (row,)
    if row:
        raise BadRequest(min(row), "said in the file")
    return documents_in(chosen.file, BadRequest)


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        found = look_up(books, chosen.code, member_id=None, ids=till.ids).coupon
    if output.as_json:
        output.document(coupon_told(found))
    else:
        _tell((found,), output)
    return DONE


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
