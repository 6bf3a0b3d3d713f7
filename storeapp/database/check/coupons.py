"""Coupons: every one that was given here is there, what was taken back is void, and next visits have their sale."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from storeapp.database.check.finding import Finding
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work

GIVEN = compiled(
    text(
        "SELECT g.key, g.n FROM coupon_grant g LEFT JOIN coupon c ON c.coupon_id = g.coupon_id"
        " WHERE c.coupon_id IS NULL OR c.offer_id <> g.template_id"
    )
)
NO_SALE = compiled(
    text("SELECT key FROM coupon_grant WHERE why = 'next_visit' AND substr(key, 12) NOT IN (SELECT sale_id FROM sale)")
)
STILL_OUT = compiled(
    text(
        "SELECT c.code FROM coupon c JOIN account a ON a.name = 'coupon:' || c.coupon_id AND a.unit = 'coupon'"
        " JOIN ledger_leg l ON l.account = a.id JOIN ledger_txn t ON t.id = l.txn"
        " WHERE t.kind = 'coupon.void' AND c.state = 'issued' GROUP BY c.coupon_id HAVING sum(l.amount) < 0"
    )
)
ASTRAY = compiled(
    text(
        "SELECT h.code, h.holder FROM coupon_hold h"
        " LEFT JOIN ledger_txn t ON t.txn_id = h.txn_id AND t.kind = 'coupon.reserved'"
        " LEFT JOIN reversal r ON r.original = t.id"
        " WHERE (h.txn_id <> '' AND (t.id IS NULL OR r.original IS NOT NULL))"
        " OR (substr(h.holder, 1, 7) = 'parked:'"
        " AND substr(h.holder, 8) NOT IN (SELECT parked_id FROM parked_basket))"
    )
)
UNHELD = compiled(
    text(
        "SELECT t.txn_id FROM ledger_txn t WHERE t.kind = 'coupon.reserved'"
        " AND t.txn_id NOT IN (SELECT txn_id FROM coupon_hold)"
        " AND t.id NOT IN (SELECT original FROM reversal)"
    )
)


def check_coupons(work: Work) -> Iterator[Finding]:
    """Grants against coupons and sales, the ledger's voids against the coupons' states, and holds against both."""
    for key, n in work.each(GIVEN):
        yield Finding("coupon_grant", f"{key}#{n}", "names a coupon that is not there, or is another's")
    for (key,) in work.each(NO_SALE):
        yield Finding("coupon_grant", key, "is for a sale that is not there")
    for (code,) in work.each(STILL_OUT):
        yield Finding("coupon", code, "was taken back, and is out")
    for code, holder in work.each(ASTRAY):
        yield Finding("coupon_hold", code, f"held by {holder}, and neither the ledger nor a basket has it so")
    for (txn_id,) in work.each(UNHELD):
        yield Finding("coupon_hold", txn_id, "reserves a coupon nobody holds")
