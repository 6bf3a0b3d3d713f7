"""member merge: two members who are one person become one."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain.ledger import legs_data
from storeapp.domain.member import masked_phone
from storeapp.till import merging
from storeapp.till.merging import Merge
from storeapp.verbs.deeds import allowed_by
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common
from storeapp.verbs.whom import member_id_of


def add_to(deeds: Any) -> None:
    """Adds `merge` to `member`."""
    merge = deeds.add_parser("merge", help="makes one of two members; it cannot be undone")
    merge.add_argument("kept", metavar="KEEP", help="phone or id of the one who stays")
    merge.add_argument("gone", metavar="GONE", help="phone or id of the one who becomes the other")
    merge.add_argument("--reason", required=True, help="why they are one person")
    allowed_by(merge)
    common(merge)
    merge.set_defaults(run=_merge)


def _merge(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            kept, gone = member_id_of(books, chosen.kept), member_id_of(books, chosen.gone)
        asked = Merge(kept, gone, chosen.reason, chosen.actor, chosen.approver)
        done = merging.merge(till.shop, asked, clock=till.clock, ids=till.ids)
    legs = () if done.txn is None else done.txn.legs
    if output.as_json:
        output.document({"kept": kept, "gone": gone, "coupons": done.coupons, "legs": legs_data(legs)})
    else:
        output.say(output.t("{phone} is one member now.").format(phone=masked_phone(done.member.phone)))
    return DONE
