"""member topup | cashout | adjust: a member's money paid in and back, and her points corrected, without a screen."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from storeapp.domain.money import Money
from storeapp.domain.tender import BY_PROVIDER
from storeapp.domain.value_doc import Cause, ValueDoc
from storeapp.domain.value_refund import CAUSES, Part, Plan
from storeapp.till import coded_top_ups, top_ups, value_refunds
from storeapp.till.adjusting import Adjustment, adjust
from storeapp.till.clock import SystemPace
from storeapp.till.refund_wallets import Wallets
from storeapp.till.requests import fingerprint
from storeapp.till.script_pay import Till as CodeTill
from storeapp.till.top_ups import TopUpOrder, ValueDone
from storeapp.till.value_refunds import PayBackOrder
from storeapp.ui import wording
from storeapp.verbs.deeds import asked_by, gets_back, pays_in
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common, whole
from storeapp.verbs.wallets import providers_of
from storeapp.verbs.whom import member_id_of, till_of


def add_to(deeds: Any) -> None:
    """Adds the deeds of stored value to `member`."""
    topup = deeds.add_parser("topup", help="money she pays in beforehand, with the shop's gift on top")
    topup.add_argument("who", metavar="PHONE|ID")
    topup.add_argument("fen", type=whole, metavar="FEN")
    topup.add_argument("--code", default="", metavar="CODE", help="her wallet's payment code: it is charged for it")
    pays_in(topup)
    _who_does_it(topup)
    topup.set_defaults(run=_topup)
    cashout = deeds.add_parser("cashout", help="pays stored value back, by the law's formulas")
    cashout.add_argument("who", metavar="PHONE|ID")
    cashout.add_argument(
        "--cause", choices=CAUSES, default="customer", help="within_days, her own wish, or the shop's fault"
    )
    cashout.add_argument("--receipt", action="append", default=[], metavar="NUMBER", help="that top-up alone")
    gets_back(cashout, by=BY_PROVIDER)
    _who_does_it(cashout)
    cashout.set_defaults(run=_cashout)
    correct = deeds.add_parser("adjust", help="corrects her points by hand: two people, a reason, a cap a day")
    correct.add_argument("who", metavar="PHONE|ID")
    correct.add_argument("points", type=whole, metavar="POINTS", help="more, or less below zero")
    correct.add_argument("--reason", default="")
    _who_does_it(correct)
    correct.set_defaults(run=_adjust)


def _who_does_it(deed: argparse.ArgumentParser) -> None:
    asked_by(deed)
    common(deed)


def _topup(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
        # another try has another code, and is the same request
        tender = "code" if chosen.code else chosen.tender
        asked = {"member": member_id, "fen": chosen.fen, "tender": tender, "ref": chosen.ref}
        order = TopUpOrder(
            member_id,
            Money(chosen.fen),
            chosen.tender,
            chosen.actor,
            ref=chosen.ref,
            request_id=chosen.request_id,
            request_hash=fingerprint({"deed": "topup", **asked}),
            approver=chosen.approver,
            prints=chosen.prints,
        )
        if chosen.code:
            counter = CodeTill(till.shop, providers_of(till), till.clock, till.ids, SystemPace())
            done = coded_top_ups.top_up_by_code(counter, order, chosen.code)
        else:
            done = top_ups.top_up(till.shop, order, clock=till.clock, ids=till.ids)
    return _tell_done(done, output)


def _cashout(chosen: argparse.Namespace, output: Output) -> int:
    only = tuple(chosen.receipt)
    with till_of(chosen) as till:
        with till.shop.reading() as books:
            member_id, day = member_id_of(books, chosen.who), till.today(books)
            plans = {cause: value_refunds.planned(books, member_id, cause, on=day, only=only) for cause in CAUSES}
        if chosen.dry_run:
            _say_plan(plans[chosen.cause], plans, output)
            return DONE
        asked = {"member": member_id, "cause": chosen.cause, "only": list(only), "tender": chosen.tender}
        order = PayBackOrder(
            member_id,
            chosen.cause,
            chosen.reason,
            chosen.tender,
            chosen.actor,
            only=only,
            request_id=chosen.request_id,
            request_hash=fingerprint({"deed": "cashout", **asked}),
            approver=chosen.approver,
            prints=chosen.prints,
        )
        wallets = Wallets(providers_of(till), SystemPace()) if chosen.tender in BY_PROVIDER else None
        done = value_refunds.pay_back(till.shop, order, clock=till.clock, ids=till.ids, wallets=wallets)
    return _tell_done(done, output)


def _adjust(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
        asked = Adjustment(
            member_id, chosen.points, chosen.reason, chosen.actor, chosen.approver, request_id=chosen.request_id
        )
        done = adjust(till.shop, asked, clock=till.clock, ids=till.ids)
    if output.as_json:
        output.document(
            {
                "member_id": member_id,
                "points": done.txn.legs[0].amount,
                "points_balance": done.balance,
                "repeated": done.was_repeated,
            }
        )
    else:
        output.say(output.t("She has {points} points now.").format(points=f"{done.balance:,}"))
    return DONE


def _tell_done(done: ValueDone, output: Output) -> int:
    if output.as_json:
        output.document(told(done.doc) | {"repeated": done.was_repeated})
    else:
        _say(done.doc, output)
    return DONE


def _say_plan(made: Plan, plans: Mapping[Cause, Plan], output: Output) -> None:
    _ = output.t
    if output.as_json:
        output.document(
            {
                "cause": made.cause,
                "money_fen": made.money.fen,
                "principal_fen": made.principal_fen,
                "bonus_fen": made.bonus_fen,
                "would": {cause: plan.money.fen for cause, plan in plans.items()},
                "parts": [_part_told(part) for part in made.parts],
            }
        )
        return
    header = (
        _("top-up"),
        _("paid in"),
        _("given on top"),
        _("had of it"),
        _("at list prices"),
        _("left"),
        _("gets back"),
    )
    rows = []
    for part in made.parts:
        each = part.deposit
        left = each.principal_left + each.bonus_left
        amounts = (each.paid_fen, each.given_fen, each.spent_fen, each.list_fen, left, part.back_fen)
        rows.append((each.number or each.paid_on, *(wording.bare(Money(fen)) for fen in amounts)))
    output.table(header, rows, right=(1, 2, 3, 4, 5, 6))
    output.say("")
    output.facts(
        [
            (_("within the days of return"), wording.money(plans["within_days"].money)),
            (_("at her own wish"), wording.money(plans["customer"].money)),
            (_("by the shop's fault"), wording.money(plans["shop"].money)),
        ]
    )


def _part_told(part: Part) -> dict[str, Any]:
    each = part.deposit
    return {
        "receipt": each.number,
        "paid_on": each.paid_on,
        "tender": each.tender,
        "paid_fen": each.paid_fen,
        "given_fen": each.given_fen,
        "spent_fen": each.spent_fen,
        "list_fen": each.list_fen,
        "principal_left_fen": each.principal_left,
        "bonus_left_fen": each.bonus_left,
        "back_fen": part.back_fen,
    }


def told(doc: ValueDoc) -> dict[str, Any]:
    """A document as a script reads it."""
    return {
        "receipt": doc.number,
        "kind": doc.kind,
        "at": doc.at,
        "member_id": doc.member_id,
        "money_fen": doc.money_fen,
        "tender": doc.tender,
        "ref": doc.ref,
        "principal_fen": doc.principal_fen,
        "bonus_fen": doc.bonus_fen,
        "bonus_until": doc.bonus_until or None,
        "monthly_fen": doc.monthly_fen,
        "months": doc.months,
        "before_fen": doc.before.fen,
        "principal_after_fen": doc.principal_after,
        "bonus_after_fen": doc.bonus_after,
        "after_fen": doc.after.fen,
        "cause": doc.cause or None,
        "cashier": doc.cashier,
    }


def _say(doc: ValueDoc, output: Output) -> None:
    _ = output.t
    ways = (_("paid in"), _("given on top")) if doc.is_top_up else (_("paid back"), _("gift given up"))
    output.facts(
        [
            (_("receipt"), doc.number),
            (ways[0], wording.money(doc.money)),
            (ways[1], wording.money(Money(doc.bonus_fen))),
            (_("held before"), wording.money(doc.before)),
            (_("holds now"), wording.money(doc.after)),
        ]
    )
