"""member tier: where she stands, what comes next, and a tier by hand."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from storeapp import app
from storeapp.till import tiers
from storeapp.ui import wording
from storeapp.verbs.deeds import allowed_by
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common
from storeapp.verbs.whom import looked, member_id_of


def add_to(deeds: Any) -> None:
    """Adds `tier` to `member`."""
    tier = deeds.add_parser("tier", help="her tier, what the next one needs, and a tier by hand")
    tier.add_argument("who", metavar="PHONE|ID")
    tier.add_argument("--judge", action="store_true", help="asks the rules about her now")
    tier.add_argument("--give", metavar="TIER", help='this tier by hand; "" takes it away')
    tier.add_argument("--reason", default="", help="why, with --give")
    tier.add_argument("--until", default="", metavar="DAY", help="until when the rules do not take it away")
    allowed_by(tier)
    common(tier)
    tier.set_defaults(run=_tier)


def _tier(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            member_id = member_id_of(books, chosen.who)
        if chosen.give is not None:
            tiers.give(
                till.shop,
                member_id,
                chosen.give,
                reason=chosen.reason,
                by=chosen.actor,
                until=chosen.until,
                approver=chosen.approver,
                clock=till.clock,
                ids=till.ids,
            )
        elif chosen.judge:
            tiers.judge(till.shop, member_id, clock=till.clock)
        with till.shop.reading() as books:
            found = tiers.view(books, member_id, on=till.today(books))
        looked(till, member_id)
    if output.as_json:
        nearest = None if found.next is None else asdict(found.next)
        history = [tiers.body(word) for word in found.words]
        output.document({"tier": found.tier, "done": asdict(found.done), "next": nearest, "history": history})
        return DONE
    rows = [(output.t("tier"), found.tier)]
    if found.next is not None:
        rows.append((output.t("next"), wording.next_tier(found.next, output.words)))
    rows += [(word.at[:10], f"{word.before} → {word.tier}  {word.by} {word.reason}".strip()) for word in found.words]
    output.facts(rows)
    return DONE
