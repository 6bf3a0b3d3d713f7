"""report payments: our payments by code beside the statement of the company that took them."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from storeapp import app
from storeapp.domain.money import Money
from storeapp.till.statements import Comparison, compare, read_statement
from storeapp.ui import wording
from storeapp.verbs.files import sheet_bytes
from storeapp.verbs.output import DONE, REFUSED, Output
from storeapp.verbs.table import common


def add_to(kinds: Any) -> None:
    """Adds the report to the others."""
    payments = kinds.add_parser("payments", help="payments by code, beside the company's statement")
    payments.add_argument("--statement", metavar="FILE", required=True, help="the statement as it was downloaded")
    payments.add_argument(
        "--provider", default="", metavar="NAME", help="wechat, alipay or shouqianba, if it is unclear"
    )
    common(payments)
    payments.set_defaults(run=_payments)


def _payments(chosen: argparse.Namespace, output: Output) -> int:
    statement = read_statement(sheet_bytes(chosen.statement))
    with app.open_till(chosen.shop) as till:
        found = compare(till.shop, statement, provider=chosen.provider)
    if output.as_json:
        output.document(asdict(found))
    else:
        _say(found, output)
    # a difference is for a person to look at
    return REFUSED if found.findings else DONE


def _say(found: Comparison, output: Output) -> None:
    _ = output.t
    output.facts(
        [
            (_("company"), found.company),
            (_("the same"), f"{found.matched:,}"),
            (_("taken here"), wording.bare(Money(found.taken_here_fen))),
            (_("taken there"), wording.bare(Money(found.taken_there_fen))),
            (_("given back here"), wording.bare(Money(found.back_here_fen))),
            (_("given back there"), wording.bare(Money(found.back_there_fen))),
            (_("not verified"), wording.bare(Money(sum(one.fen for one in found.unverified)))),
        ]
    )
    words = {
        "missing_here": _("missing here"),
        "missing_there": _("missing there"),
        "amount_differs": _("another amount"),
        "state_differs": _("another state"),
    }
    rows = [
        (
            words[one.word],
            one.trade_number,
            wording.bare(Money(one.here_fen)),
            wording.bare(Money(one.there_fen)),
            one.state,
        )
        for one in found.findings
    ]
    if found.unverified:
        output.say("")
        by_hand = [
            (one.receipt, one.at[:16].replace("T", " "), wording.bare(Money(one.fen))) for one in found.unverified
        ]
        output.table((_("paid on our own code, not verified"), _("time"), "¥"), by_hand, right=(2,))
    if rows:
        output.say("")
        output.table((_("difference"), _("number"), _("here"), _("there"), _("state")), rows, right=(2, 3))
