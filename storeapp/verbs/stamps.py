"""member stamps: her stamp card, and what it brought her."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain.member import UnknownMember
from storeapp.till import stamp_cards, stamps
from storeapp.till.stamps import Thanked
from storeapp.ui import referral_words
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common
from storeapp.verbs.whom import looked, member_id_of


def add_to(deeds: Any) -> None:
    """Adds the deed to `member`."""
    shown = deeds.add_parser("stamps", help="her stamp card, and what it brought her")
    shown.add_argument("who", metavar="PHONE|ID")
    shown.add_argument("--reward", action="store_true", help="thanks her for what is full; the night does it too")
    common(shown)
    shown.set_defaults(run=_stamps)


def _stamps(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
        if chosen.reward:
            stamps.reward(till.shop, member_id, clock=till.clock)
        with till.shop.reading() as books:
            if books.members.by_id(member_id) is None:
                raise UnknownMember
            held = stamp_cards.card(books, member_id, books.policy.in_force())
            brought = stamps.thanked(books, member_id)
        looked(till, member_id)
    if output.as_json:
        output.document(
            {
                "member_id": member_id,
                "have": 0 if held is None else held.have,
                "of": 0 if held is None else held.of,
                "brought": [_told(each) for each in brought],
            }
        )
    elif held is None:
        output.say(output.t("The shop has no stamp cards."))
    else:
        output.say(output.t("{have} of {of} stamps.").format(have=held.have, of=held.of))
        for each in brought:
            output.say(output.t("Stamp {n}: {what}").format(n=each.stamp, what=_said(each, output)))
    return DONE


def _said(each: Thanked, output: Output) -> str:
    reward = each.goal.reward
    return each.goal.template if reward is None else referral_words.reward(reward.kind, reward.amount, output.words)


def _told(each: Thanked) -> dict[str, Any]:
    reward = each.goal.reward
    return {
        "stamp": each.stamp,
        "kind": "template" if reward is None else reward.kind,
        "amount": 0 if reward is None else reward.amount,
        "template": each.goal.template,
        "txn_id": each.granted.txn_id,
        "coupon_id": each.granted.coupon_id or None,
    }
