"""member redeem: a gift for points, and a gift brought back."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp.till import gifts
from storeapp.till.gifts import GiftOrder
from storeapp.verbs.deeds import asked_by
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common
from storeapp.verbs.whom import member_id_of, till_of


def add_to(deeds: Any) -> None:
    """Adds the deed to `member`."""
    redeem = deeds.add_parser("redeem", help="a gift for points; without a gift, what there is")
    redeem.add_argument("who", metavar="PHONE|ID")
    redeem.add_argument("gift", nargs="?", default="", metavar="GIFT", help="the code of the goods, or template:ID")
    redeem.add_argument("--back", default="", metavar="ID", help="that gift comes back, and her points with it")
    redeem.add_argument("--print", dest="prints", action="store_true", help="owes the slip")
    asked_by(redeem)
    common(redeem)
    redeem.set_defaults(run=_redeem)


def _redeem(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
            shown = gifts.offered(books, member_id, clock=till.clock)
        if chosen.back:
            done = gifts.bring_back(
                till.shop,
                chosen.back,
                by=chosen.actor,
                approver=chosen.approver,
                prints=chosen.prints,
                clock=till.clock,
                ids=till.ids,
            )
        elif chosen.gift:
            order = GiftOrder(member_id, chosen.gift, chosen.actor, chosen.request_id, chosen.prints)
            done = gifts.redeem(till.shop, order, clock=till.clock, ids=till.ids)
        else:
            _say_all(shown, output)
            return DONE
    if output.as_json:
        output.document(
            {
                "gift_id": done.gift_id,
                "code": done.code,
                "name": done.name,
                "points": done.points,
                "points_balance": done.balance,
                "coupon": done.coupon,
                "repeated": done.was_repeated,
            }
        )
    else:
        output.say(output.t("{name}: she has {points} points now.").format(name=done.name, points=f"{done.balance:,}"))
    return DONE


def _say_all(shown: tuple[gifts.Offered, ...], output: Output) -> None:
    rows = [(each.gift.code, each.name, each.gift.points, each.left) for each in shown]
    if output.as_json:
        output.document({"gifts": [dict(zip(("code", "name", "points", "left"), row, strict=True)) for row in rows]})
    elif rows:
        header = (output.t("code"), output.t("its name"), output.t("points"), output.t("left"))
        told = [(code, name, f"{points:,}", "" if left is None else str(left)) for code, name, points, left in rows]
        output.table(header, told, right=(2, 3))
    else:
        output.say(output.t("The shop gives nothing for points."))
