"""member topup: what a member pays in beforehand, without a screen."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain.money import Money
from storeapp.domain.staff import SCRIPT
from storeapp.domain.top_up import TAKEN
from storeapp.domain.value_doc import ValueDoc
from storeapp.till import top_ups
from storeapp.till.requests import fingerprint
from storeapp.till.top_ups import TopUpOrder
from storeapp.ui import wording
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common
from storeapp.verbs.whom import member_id_of


def add_to(deeds: Any) -> None:
    """Adds the deeds of stored value to `member`."""
    topup = deeds.add_parser("topup", help="money she pays in beforehand, with the shop's gift on top")
    topup.add_argument("who", metavar="PHONE|ID")
    topup.add_argument("fen", type=int, metavar="FEN")
    topup.add_argument("--tender", choices=sorted(TAKEN - {"simulated"}), default="cash", help="what she pays with")
    topup.add_argument("--ref", default="", help="the card slip or trade number that proves it")
    topup.add_argument("--print", dest="prints", action="store_true", help="owes the slip and opens the drawer")
    _who_does_it(topup)
    topup.set_defaults(run=_topup)


def _who_does_it(deed: argparse.ArgumentParser) -> None:
    deed.add_argument("--id", dest="request_id", metavar="ID", help="the caller's own: the same again is the first one")
    deed.add_argument("--as", dest="actor", default=SCRIPT, metavar="CODE", help="the staff code of who does it")
    deed.add_argument("--approver", default="", metavar="CODE", help="who allows what that person may not")
    common(deed)


def _topup(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
        asked = {"member": member_id, "fen": chosen.fen, "tender": chosen.tender, "ref": chosen.ref}
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
        done = top_ups.top_up(till.shop, order, clock=till.clock, ids=till.ids)
    if output.as_json:
        output.document(told(done.doc) | {"repeated": done.was_repeated})
    else:
        _say(done.doc, output)
    return DONE


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
        "before_fen": doc.before.fen,
        "principal_after_fen": doc.principal_after,
        "bonus_after_fen": doc.bonus_after,
        "after_fen": doc.after.fen,
        "cause": doc.cause or None,
        "cashier": doc.cashier,
    }


def _say(doc: ValueDoc, output: Output) -> None:
    _ = output.t
    output.facts(
        [
            (_("receipt"), doc.number),
            (_("paid in"), wording.money(doc.money)),
            (_("given on top"), wording.money(Money(doc.bonus_fen))),
            (_("held before"), wording.money(doc.before)),
            (_("holds now"), wording.money(doc.after)),
        ]
    )
