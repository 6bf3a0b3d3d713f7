"""Vouchers: every number a sale was paid with is taken, and taken for a sale it paid for."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import text

from storeapp.database.check.finding import Finding
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work

PAID = compiled(
    text(
        "SELECT s.receipt, j.body, EXISTS (SELECT 1 FROM refund r WHERE r.sale_id = s.sale_id)"
        " FROM sale s JOIN journal j ON j.place = s.id"
        " WHERE EXISTS (SELECT 1 FROM tender t WHERE t.sale = s.id AND t.kind = 'coupon') ORDER BY s.id"
    )
)
TAKEN = compiled(text("SELECT number, receipt FROM voucher"))


def check_vouchers(work: Work) -> Iterator[Finding]:
    """Sales and numbers, each against the other. One that came back may have paid for another sale since."""
    taken: dict[str, str] = dict(work.each(TAKEN))
    paid: dict[str, set[str]] = {}
    for receipt, body, came_back in work.each(PAID):
        for tender in json.loads(body)["tenders"]:
            if tender["kind"] != "coupon":
                continue
            paid.setdefault(tender["ref"], set()).add(receipt)
            if taken.get(tender["ref"]) != receipt and not came_back:
                yield Finding("voucher", receipt, f"was paid with {tender['ref']}, which is not taken for it")
    for number, receipt in taken.items():
        if receipt and receipt not in paid.get(number, ()):
            yield Finding("voucher", number, f"is taken for {receipt}, which it did not pay for")
