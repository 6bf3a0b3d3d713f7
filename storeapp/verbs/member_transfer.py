"""member transfer: stored value goes from one member to another."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp.domain.money import Money
from storeapp.till import transferring
from storeapp.till.transferring import Planned, Transfer, Transferred
from storeapp.ui import wording
from storeapp.verbs.deeds import allowed_by
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common, whole
from storeapp.verbs.whom import member_id_of, till_of


def add_to(deeds: Any) -> None:
    """Adds `transfer` to `member`."""
    transfer = deeds.add_parser("transfer", help="stored value goes to another member, with its days and its history")
    transfer.add_argument("giver", metavar="FROM", help="phone or id of the one who gives")
    transfer.add_argument("taker", metavar="TO", help="phone or id of the one who receives")
    transfer.add_argument("fen", type=whole, metavar="FEN", help="how much of what she paid in")
    transfer.add_argument("--agreed", action="store_true", help="both members said yes")
    transfer.add_argument("--reason", default="", help="why")
    transfer.add_argument("--dry-run", action="store_true", help="says what would go, and moves nothing")
    transfer.add_argument("--print", dest="prints", action="store_true", help="owes the slip both sign")
    transfer.add_argument("--id", dest="request_id", metavar="ID", help="the caller's own: the same is done once")
    allowed_by(transfer)
    common(transfer)
    transfer.set_defaults(run=_transfer)


def _transfer(chosen: argparse.Namespace, output: Output) -> int:
    with till_of(chosen) as till:
        with till.shop.reading() as books:
            giver, taker = member_id_of(books, chosen.giver), member_id_of(books, chosen.taker)
            if chosen.dry_run:
                amount = Money(chosen.fen)
                _say_plan(transferring.planned(books, giver, taker, amount, clock=till.clock), output)
                return DONE
        asked = Transfer(
            giver,
            taker,
            Money(chosen.fen),
            chosen.reason,
            chosen.actor,
            is_agreed=chosen.agreed,
            approver=chosen.approver,
            request_id=chosen.request_id,
            prints=chosen.prints,
        )
        done = transferring.transfer(till.shop, asked, clock=till.clock, ids=till.ids)
    _say(asked, done, output)
    return DONE


def _say_plan(plan: Planned, output: Output) -> None:
    _ = output.t
    if output.as_json:
        output.document({"principal_fen": plan.principal.fen, "bonus_fen": plan.gift.fen})
        return
    output.facts(
        [
            (_("of it paid in"), wording.money(plan.principal)),
            (_("of it given"), wording.money(plan.gift)),
        ]
    )


def _say(asked: Transfer, done: Transferred, output: Output) -> None:
    _ = output.t
    if output.as_json:
        output.document(
            {
                "txn_id": done.txn.txn_id,
                "from": asked.giver_id,
                "to": asked.taker_id,
                "principal_fen": done.principal.fen,
                "bonus_fen": done.gift.fen,
                "from_holds_fen": done.giver_has.fen,
                "to_holds_fen": done.taker_has.fen,
                "repeated": done.was_repeated,
            }
        )
        return
    output.facts(
        [
            (_("of it paid in"), wording.money(done.principal)),
            (_("of it given"), wording.money(done.gift)),
            (_("who gave holds"), wording.money(done.giver_has)),
            (_("who received holds"), wording.money(done.taker_has)),
        ]
    )
