"""Referrals: each against its journal entries, what was given against its legs, one level and both of it or neither."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from storeapp.database.check.finding import Finding, against_journal
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work

ROWS = compiled(
    text(
        "SELECT newcomer_id, referrer_id, named_at, named_on, cashier, way, state, why, sale_id, settled_at"
        " FROM referral ORDER BY id"
    )
)
NAMES = (
    "newcomer_id", "referrer_id", "named_at", "named_on", "cashier", "way", "state", "why", "sale_id", "settled_at",
)  # fmt: skip
TOLD = compiled(text("SELECT type, body FROM journal WHERE substr(type, 1, 9) = 'referral.' ORDER BY place"))
GIVEN = compiled(
    text(
        "SELECT g.newcomer_id, g.side, g.member_id, g.kind, g.amount, g.txn_id, r.state,"
        " CASE WHEN g.member_id IN (r.newcomer_id, r.referrer_id) THEN g.member_id"
        " ELSE (SELECT m.kept FROM member_merged m WHERE m.gone = r.referrer_id) END, t.member_id,"
        " (SELECT total(l.amount) FROM ledger_leg l WHERE l.txn = t.id AND l.amount > 0),"
        " (SELECT total(v.amount) FROM reversal v WHERE v.original = t.id), c.state,"
        " CASE c.member_id WHEN (SELECT m.kept FROM member_merged m WHERE m.gone = g.member_id) THEN g.member_id"
        " ELSE c.member_id END, c.amount_fen, r.newcomer_id"
        " FROM referral_given g LEFT JOIN referral r ON r.newcomer_id = g.newcomer_id"
        " LEFT JOIN ledger_txn t ON t.txn_id = g.txn_id LEFT JOIN coupon c ON c.coupon_id = g.coupon_id ORDER BY g.id"
    )
)
UNTOLD = compiled(
    text(
        # what other tills gave comes by the feed, and is in no journal of this one
        "WITH own AS (SELECT type, CAST(body AS TEXT) AS said FROM journal"
        " WHERE type IN ('ledger.posted', 'coupon.issued')),"
        " given AS (SELECT json_extract(said, '$.txn_id') AS txn_id, json_extract(said, '$.coupon_id') AS coupon_id"
        " FROM own WHERE 'referral' IN (json_extract(said, '$.kind'), json_extract(said, '$.offer_id')))"
        " SELECT t.txn_id FROM ledger_txn t JOIN given g ON g.txn_id = t.txn_id WHERE t.kind = 'referral'"
        " AND t.txn_id NOT IN (SELECT txn_id FROM referral_given)"
        " UNION ALL SELECT c.coupon_id FROM coupon c JOIN given g ON g.coupon_id = c.coupon_id"
        " WHERE c.offer_id = 'referral' AND c.coupon_id NOT IN (SELECT coupon_id FROM referral_given)"
    )
)


def check_referrals(work: Work) -> Iterator[Finding]:
    """Who brought whom, said twice the same; what both got, and what was taken back."""
    last: dict[str, dict[str, Any]] = {}
    for _type, told in work.each(TOLD):
        body = json.loads(told)
        last[body["newcomer_id"]] = body
    for row in work.each(ROWS):
        told = last.pop(row[0], {})
        yield from against_journal("referral_row", row[0], zip(NAMES, row, strict=True), told)
        if row[0] == row[1]:
            yield Finding("referral_self", row[0], "brought herself")
    for newcomer_id in last:
        yield Finding("referral_row", newcomer_id, "in the journal, not among the referrals")
    for row in work.each(GIVEN):
        yield from _given(row)
    for (what,) in work.each(UNTOLD):
        yield Finding("referral_given", what, "was given for a referral nobody knows of")


def _given(row: tuple[Any, ...]) -> Iterator[Finding]:
    newcomer, side, member, kind, amount, txn_id, state, whose, booked, legs, back, coupon, coupons, worth, new = row
    if (
        member != whose
        or (side == "newcomer") != (member == new)
        or booked != member
        or (kind == "coupon" and coupons not in (member, None))
    ):
        yield Finding("referral_given", txn_id, f"what the {side} got is not hers")
    if kind == "points" and int(legs) != amount:
        yield Finding("referral_given", txn_id, f"{amount} points, the legs say {int(legs)}")
    if kind == "coupon" and worth != amount:
        yield Finding("referral_given", txn_id, f"a coupon of {amount}, it says {worth}")
    if state not in ("rewarded", "reversed"):
        yield Finding("referral_given", newcomer, f"the {side} got something while it is {state}")
    is_back = back > 0
    # a coupon that had paid before the goods came back stays spent
    if is_back != (state == "reversed") and not (state == "reversed" and coupon == "redeemed"):
        yield Finding("referral_given", txn_id, f"is {state}, of it {int(back)} were taken back")
