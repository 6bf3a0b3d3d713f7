"""Money and points: balances against legs, lots against balances, coupons against their accounts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from storeapp.database.check.finding import Finding
from storeapp.database.ledger import POINTS_PREFIX
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work

UNBALANCED = compiled(
    text(
        "SELECT t.txn_id, a.unit, sum(l.amount) FROM ledger_leg l JOIN account a ON a.id = l.account"
        " JOIN ledger_txn t ON t.id = l.txn GROUP BY l.txn, a.unit HAVING sum(l.amount) <> 0"
    )
)
BALANCES = compiled(
    text(
        "SELECT a.name, a.unit, a.balance, total(l.amount) FROM account a LEFT JOIN ledger_leg l ON l.account = a.id"
        " GROUP BY a.id HAVING a.balance <> total(l.amount)"
    )
)
LOTS = compiled(
    text(
        "SELECT a.name, a.balance, total(o.remaining) FROM account a LEFT JOIN lot o ON o.account = a.id"
        " WHERE a.unit = 'pts' AND substr(a.name, 1, length(:prefix)) = :prefix"
        " GROUP BY a.id HAVING max(a.balance, 0) <> total(o.remaining)"
    )
)
LOT_AMOUNTS = compiled(
    text(
        "SELECT t.txn_id, o.amount, total(l.amount) FROM lot o JOIN ledger_txn t ON t.id = o.txn"
        " LEFT JOIN ledger_leg l ON l.txn = o.txn AND l.account = o.account"
        " GROUP BY o.account, o.txn HAVING o.amount <> total(l.amount)"
    )
)
COUPONS = compiled(
    text(
        "SELECT c.code, c.state, count(l.txn) FROM coupon c"
        " LEFT JOIN account a ON a.name = 'coupon:' || c.coupon_id AND a.unit = 'coupon'"
        " LEFT JOIN ledger_leg l ON l.account = a.id AND l.amount < 0"
        # another till may have redeemed it too while neither could know: the cloud books that loss, both sales stand
        " LEFT JOIN ledger_txn t ON t.id = l.txn LEFT JOIN sale s ON s.sale_id = t.txn_id GROUP BY c.coupon_id"
        " HAVING count(s.id) > 1 OR (c.state = 'issued' AND count(l.txn) > 0)"
    )
)
COUPON_CODES = compiled(
    text("SELECT code, count(*) FROM coupon WHERE state = 'issued' GROUP BY code HAVING count(*) > 1")
)  # fmt: skip


def check_money(work: Work) -> Iterator[Finding]:
    """Everything the ledger promises, added up again from its legs."""
    for txn_id, unit, off in work.each(UNBALANCED):
        yield Finding("unbalanced", txn_id, f"legs are off by {off} {unit}")
    for name, unit, kept, legs in work.each(BALANCES):
        yield Finding("balance", name, f"kept {kept} {unit}, legs come to {int(legs)}")
    for name, balance, remaining in work.each(LOTS, prefix=POINTS_PREFIX):
        yield Finding("lots", name, f"lots hold {int(remaining)}, balance is {balance}")
    for txn_id, amount, legs in work.each(LOT_AMOUNTS):
        yield Finding("lot", txn_id, f"opened with {amount}, its legs come to {int(legs)}")
    for code, state, times in work.each(COUPONS):
        yield Finding("coupon", code, f"{state}, redeemed {times} times in the ledger")
    for code, times in work.each(COUPON_CODES):
        yield Finding("coupon_code", code, f"{times} coupons out with this code")
