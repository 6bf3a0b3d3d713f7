"""coupon give | void | gifts: a gift of goodwill by hand, one taken back, and those that are due by themselves."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from storeapp import app
from storeapp.domain.coupon import Coupon
from storeapp.till import coupon_void
from storeapp.till.coupon_gifts import Goodwill, give_by_hand, give_due
from storeapp.verbs.deeds import allowed_by
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common, whole
from storeapp.verbs.whom import member_id_of


def add_to(deeds: Any, tell: Callable[[tuple[Coupon, ...], Output], None]) -> None:
    """The verbs of gifts; `tell` says coupons."""
    give = deeds.add_parser("give", help="a gift of goodwill, with its reason and its cost")
    give.add_argument("--template", required=True, metavar="ID")
    give.add_argument("--to", required=True, metavar="PHONE|ID")
    give.add_argument("--reason", default="", help="why")
    give.add_argument("--cost", type=whole, metavar="FEN", help="what it costs the shop, the template's if left out")
    give.add_argument("--request", metavar="ID", help="asked once more with the same id, it gives what it gave")
    acting(give)
    give.set_defaults(run=lambda chosen, output: _give(chosen, output, tell))
    void = deeds.add_parser("void", help="takes a coupon back that is out, with a reason")
    void.add_argument("code")
    void.add_argument("--reason", default="", help="why")
    acting(void)
    void.set_defaults(run=lambda chosen, output: _void(chosen, output, tell))
    gifts = deeds.add_parser("gifts", help="gives the birthday and win-back coupons that are due, as each night does")
    common(gifts)
    gifts.set_defaults(run=_gifts)


def acting(parser: argparse.ArgumentParser) -> None:
    """Who does it, who allows it, and what every verb takes."""
    allowed_by(parser, dest="by")
    common(parser)


def _give(chosen: argparse.Namespace, output: Output, tell: Callable[[tuple[Coupon, ...], Output], None]) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.to)
        asked = Goodwill(
            chosen.template,
            member_id,
            chosen.reason,
            by=chosen.by,
            cost_fen=chosen.cost,
            request_id=chosen.request,
            approver=chosen.approver,
        )
        made = give_by_hand(till.shop, asked, clock=till.clock, ids=till.ids)
    tell((made,), output)
    return DONE


def _void(chosen: argparse.Namespace, output: Output, tell: Callable[[tuple[Coupon, ...], Output], None]) -> int:
    with app.open_till(chosen.shop) as till:
        gone = coupon_void.void(
            till.shop,
            chosen.code,
            reason=chosen.reason,
            by=chosen.by,
            approver=chosen.approver,
            clock=till.clock,
            ids=till.ids,
        )
    tell((gone,), output)
    return DONE


def _gifts(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        given = give_due(till.shop, clock=till.clock)
    if output.as_json:
        output.document({"given": given})
    else:
        output.say(output.n("{n} coupon given.", "{n} coupons given.", given))
    return DONE
