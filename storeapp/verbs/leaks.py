"""report leaks: what the journal of a day tells an owner to look at."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from storeapp import app
from storeapp.till.leaks import leaks_of_day
from storeapp.verbs.output import DONE, Output
from storeapp.words import N_, Words

SAID = {
    "no_sale_openings": N_("opened the drawer without a sale"),
    "taken_back_after_total": N_("took goods back after the total was shown"),
    "drawer_after_taking_back": N_("opened the drawer right after taking goods back"),
    "voids_after_print": N_("voided a cash sale that was printed"),
    "cuts_before_cash": N_("gave discounts by hand, always with cash"),
    "one_member_many_sales": N_("member on very many sales"),
    "one_cashiers_member": N_("the same member again and again at this cashier"),
    "copies_then_refund": N_("printed a copy of a receipt that was then given back"),
    "earned_then_refunded": N_("points earned and given back the same day"),
    "topped_up_then_paid_back": N_("stored value paid in one way and paid back another the same day"),
    "points_by_hand": N_("corrected points by hand again and again"),
    "wrong_pins": N_("many wrong PINs"),
    "many_approvals": N_("approved very often"),
    "approvals_of_a_pair": N_("approved the same person again and again"),
    "misused_approvals": N_("tried an approval that did not fit"),
    "clock_jumps": N_("the till's clock was set"),
    "journal_gaps": N_("an entry of the journal does not follow the one before"),
    "counted_again": N_("counted a shift again and again after being told the difference"),
    "one_member_many_stores": N_("member at very many stores in a day"),
    "attached_after_total": N_("put members on baskets after the total was shown"),
    "many_looks": N_("opened more members' pages than the sales explain"),
    "quick_looks": N_("opened members' pages faster than anybody reads them"),
    "adjusted_then_redeemed": N_("points given by hand and spent the same day"),
    "redeemed_by_staff": N_("points, stored value or coupons redeemed by somebody who works here"),
    "credited_to_staff": N_("points or stored value given to somebody who works here"),
    "served_oneself": N_("tried a deed on the own membership; it was refused"),
}


def run(chosen: argparse.Namespace, output: Output) -> int:
    """Prints every finding; finding nothing is well."""
    with app.open_till(chosen.shop) as till:
        day = (chosen.date or till.clock.now().date()).isoformat()
        found = leaks_of_day(till.shop, day)
    if output.as_json:
        output.document({"date": day, "findings": [asdict(finding) for finding in found]})
    elif not found:
        output.say(output.t("Nothing to look at on {day}.").format(day=day))
    else:
        header = (output.t("who"), output.t("what"), output.t("times"), output.t("more"), output.t("journal"))
        rows = [
            (f.who, said(f.rule, output.words), str(f.count), f.detail, " ".join(map(str, f.evidence[:6])))
            for f in found
        ]
        output.table(header, rows, right=(2,))
    return DONE


def said(rule: str, words: Words) -> str:
    """A rule in the words of the shop."""
    return words.t(SAID[rule])
