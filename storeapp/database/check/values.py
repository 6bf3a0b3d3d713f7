"""Stored value: every document against its journal entry, its legs and the drawer; what was paid in never lapses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from storeapp.database.check.finding import Finding, against_journal
from storeapp.database.check.legs import legs_by
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work

ROWS = compiled(
    text(
        "SELECT v.number, v.doc_id, v.kind, v.member_id, v.tender, v.request_id, v.business_date, v.number_in_day,"
        " v.money_fen, v.principal_fen, v.bonus_fen, j.type, j.body,"
        " (SELECT total(m.fen) FROM drawer_move m WHERE m.doc = v.kind AND m.doc_id = v.doc_id), "
        + legs_by(("tender.", "val.principal:", "val.bonus:"), "v.doc_id")
        + " FROM value_doc v LEFT JOIN journal j ON j.place = v.id ORDER BY v.id"
    )
)
SAME = (
    "number", "doc_id", "kind", "member_id", "tender", "request_id", "business_date", "number_in_day", "money_fen",
    "principal_fen", "bonus_fen",
)  # fmt: skip
UNBOOKED = compiled(
    text(
        "SELECT j.place FROM journal j WHERE j.type IN ('topup', 'topup_refund')"
        " AND j.event_id NOT IN (SELECT k.event_id FROM value_doc v JOIN journal k ON k.place = v.id)"
    )
)
LAPSING = compiled(
    text(
        "SELECT a.name, o.expires_on FROM lot o JOIN account a ON a.id = o.account"
        " WHERE substr(a.name, 1, 14) = 'val.principal:' AND o.expires_on IS NOT NULL"
    )
)


def check_values(work: Work) -> Iterator[Finding]:
    """Every top-up and every payment back, said four times the same."""
    for row in work.each(ROWS):
        yield from _one(row)
    for (place,) in work.each(UNBOOKED):
        yield Finding("value_unbooked", str(place), "in the journal, not among the top-ups")
    for name, day in work.each(LAPSING):
        yield Finding("principal_lapses", name, f"what was paid in would lapse on {day}")


def _one(row: tuple[Any, ...]) -> Iterator[Finding]:
    number, *_, money, principal, bonus, kind, body, moved, tender, hers, given = row
    if kind != row[SAME.index("kind")]:
        yield Finding("value_unjournaled", number, "its journal entry is missing")
        return
    told = json.loads(body)
    yield from against_journal("value_row", number, zip(SAME, row, strict=False), told)
    sign = 1 if kind == "topup" else -1
    if int(moved) != sign * money:
        yield Finding("value_drawer", number, f"{sign * money} changed hands, the drawer says {int(moved)}")
    if [int(tender), int(hers), int(given)] != [sign * fen for fen in (money, principal, bonus)]:
        legs = f"{int(tender)}, {int(hers)}, {int(given)}"
        yield Finding("value_legs", number, f"money {money}, principal {principal}, bonus {bonus}; the legs say {legs}")
