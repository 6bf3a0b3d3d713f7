"""pay attempts | settle | resume: payments by code that are unclear, and what is decided about them."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import Any

from storeapp import app
from storeapp.domain.money import Money
from storeapp.domain.staff import SCRIPT
from storeapp.domain.tender_names import tender_name
from storeapp.till import coded_top_ups, owed_cash, paying, paying_back, settling
from storeapp.till.clock import SystemPace
from storeapp.till.paying_back import NothingToGiveBack
from storeapp.till.records import Attempt
from storeapp.till.settling import Say
from storeapp.ui import wording
from storeapp.verbs.output import DONE, REFUSED, Output
from storeapp.verbs.pay_terminal import add_deeds
from storeapp.verbs.table import common
from storeapp.verbs.wallets import providers_of

DECISIONS = ("accept", "other_means", "give_back", "in_cash")


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("pay", help="payments by code: what is unclear, and what is decided about it")
    deeds = parser.add_subparsers(dest="deed", metavar="attempts|settle|resume|activate|check-in|show", required=True)
    attempts = deeds.add_parser("attempts", help="what is open, waits for a manager, or is paid and not sold")
    attempts.add_argument("--all", action="store_true", dest="is_all", help="every attempt of the last 31 days")
    common(attempts)
    attempts.set_defaults(run=_attempts)
    settle = deeds.add_parser("settle", help="a manager's decision about one payment")
    settle.add_argument("number", metavar="NUMBER", help="its trade number")
    settle.add_argument("decision", choices=DECISIONS)
    settle.add_argument("--as", dest="by", default=SCRIPT, metavar="CODE", help="the staff code of whoever decides")
    settle.add_argument("--reason", default="", help="why, for the journal")
    common(settle)
    settle.set_defaults(run=_settle)
    resume = deeds.add_parser("resume", help="asks about everything that is open, as at a start after a crash")
    common(resume)
    resume.set_defaults(run=_resume)
    add_deeds(deeds)


def _attempts(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        if chosen.is_all:
            start = (till.clock.now() - timedelta(days=31)).isoformat()
            found = books.attempts.between(start, "9")
        else:
            listed = books.attempts
            found = (*listed.open(), *listed.unsettled(), *listed.unused(), *listed.owed_back())
    _tell(found, output)
    return DONE


def _settle(chosen: argparse.Namespace, output: Output) -> int:
    say, pace = Say(chosen.by, reason=chosen.reason), SystemPace()
    with app.open_till(chosen.shop) as till:
        if chosen.decision == "give_back":
            with till.shop.reading() as books:
                payment = books.attempts.by_trade(chosen.number)
            provider = None if payment is None else paying.provider_of(payment, providers_of(till))
            if provider is None:
                raise NothingToGiveBack(chosen.number, "" if payment is None else "no_provider")
            done = settling.give_back(
                till.shop, provider, chosen.number, say, clock=till.clock, ids=till.ids, pace=pace
            )
        elif chosen.decision == "in_cash":
            done = owed_cash.give_in_cash(till.shop, chosen.number, say, clock=till.clock, ids=till.ids)
        else:
            done = settling.settle(till.shop, chosen.number, chosen.decision, say, clock=till.clock, ids=till.ids)
    _tell((done,), output)
    return DONE


def _resume(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        providers, pace = providers_of(till), SystemPace()
        done = [*paying.resume(till.shop, providers, clock=till.clock, pace=pace)]
        done += paying.ask_suspense(till.shop, providers, clock=till.clock)
        coded_top_ups.finish(till.shop, clock=till.clock, ids=till.ids)
        done += paying_back.resume_refunds(till.shop, providers, clock=till.clock, pace=pace)
        left = paying.left_open(till.shop)
    _tell(tuple(done), output)
    # what nobody could be asked about is still open
    return REFUSED if left else DONE


def _tell(attempts: tuple[Attempt, ...], output: Output) -> None:
    if output.as_json:
        for attempt in attempts:
            output.document(_told(attempt))
        return
    _ = output.t
    header = (_("noted"), _("number"), _("kind"), "¥", _("state"), _("why"))
    rows = [
        (
            one.at[:19].replace("T", " "),
            one.refund_number or one.trade_number,
            tender_name(one.tender, output.words),
            wording.bare(Money(one.fen) if one.kind == "take" else -Money(one.fen)),
            one.state,
            one.reason,
        )
        for one in attempts
    ]
    output.table(header, rows, right=(3,))


def _told(one: Attempt) -> dict[str, Any]:
    told: dict[str, Any] = {
        "trade_number": one.trade_number,
        "deed": one.kind,
        "kind": one.tender,
        "provider": one.provider,
        "fen": one.fen,
        "state": one.state,
        "reason": one.reason,
        "at": one.at,
        "ended_at": one.ended_at or None,
        "document": one.sale_id,
        "used_by": one.used_by or None,
        "approver": one.approver or None,
        "provider_number": one.ref or None,
    }
    return told | {"refund_number": one.refund_number} if one.kind == "refund" else told
