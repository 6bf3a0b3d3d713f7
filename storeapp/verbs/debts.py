"""member settle: what a member pays of her debt, without a screen."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp.domain.money import Money
from storeapp.till.debts import DebtOrder, settle_debt
from storeapp.ui import wording
from storeapp.verbs.deeds import by_hand_of, once, pays_in
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common, whole
from storeapp.verbs.whom import member_id_of, till_of


def add_to(deeds: Any) -> None:
    """Adds the deed to `member`."""
    settle = deeds.add_parser("settle", help="she pays what she took on account, all of it or a part")
    settle.add_argument("who", metavar="PHONE|ID")
    settle.add_argument("fen", type=whole, nargs="?", metavar="FEN", help="all she owes if left out")
    pays_in(settle)
    once(settle)
    by_hand_of(settle)
    common(settle)
    settle.set_defaults(run=_settle)


def _settle(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
        order = DebtOrder(
            member_id,
            chosen.tender,
            chosen.actor,
            amount=None if chosen.fen is None else Money(chosen.fen),
            ref=chosen.ref,
            request_id=chosen.request_id,
            prints=chosen.prints,
        )
        done = settle_debt(till.shop, order, clock=till.clock, ids=till.ids)
    if output.as_json:
        output.document(
            {
                "member_id": done.member_id,
                "paid_fen": done.paid.fen,
                "owed_fen": done.left.fen,
                "repeated": done.was_repeated,
            }
        )
    else:
        words = output.t("{paid} paid; {left} still owed.")
        output.say(words.format(paid=wording.money(done.paid), left=wording.money(done.left)))
    return DONE
