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
        " JOIN ledger_leg l ON l.account = a.id AND l.amount < 0 JOIN ledger_txn t ON t.id = l.txn"
        " WHERE t.kind = 'coupon.void' AND c.state = 'issued'"
    )
)


def check_coupons(work: Work) -> Iterator[Finding]:
    """Grants against coupons and sales, and the ledger's voids against the coupons' states."""
    for key, n in work.each(GIVEN):
        yield Finding("coupon_grant", f"{key}#{n}", "names a coupon that is not there, or is another's")
    for (key,) in work.each(NO_SALE):
        yield Finding("coupon_grant", key, "is for a sale that is not there")
    for (code,) in work.each(STILL_OUT):
        yield Finding("coupon", code, "was taken back, and is out")
