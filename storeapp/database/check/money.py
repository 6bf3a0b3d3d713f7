"""Money and points: balances against legs, lots against balances, coupons against their accounts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from storeapp.database.check.finding import Finding
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work
from storeapp.domain.ledger import LOT_PREFIXES

LOTTED = " OR ".join(f"substr(a.name, 1, {len(prefix)}) = '{prefix}'" for prefix in LOT_PREFIXES)
PENDING = "substr(a.name, 1, 12) = 'pts.pending:'"
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
        f" WHERE ({LOTTED}) GROUP BY a.id HAVING max(a.balance, 0) <> total(o.remaining)"
    )
)
LOT_AMOUNTS = compiled(
    text(
        "SELECT t.txn_id, a.name, sum(o.amount), (SELECT total(l.amount) FROM ledger_leg l"
        " WHERE l.txn = o.txn AND l.account = o.account AND l.amount > 0) AS legs"
        " FROM lot o JOIN ledger_txn t ON t.id = o.txn JOIN account a ON a.id = o.account"
        " GROUP BY o.account, o.txn HAVING sum(o.amount) > legs"
    )
)
LOT_USES = compiled(
    text(
        "SELECT t.txn_id, a.name, o.remaining, o.amount + total(u.amount) FROM lot o"
        " JOIN ledger_txn t ON t.id = o.txn JOIN account a ON a.id = o.account"
        " LEFT JOIN lot_use u ON u.account = o.account AND u.lot_txn = o.txn AND u.lot_n = o.n"
        " GROUP BY o.account, o.txn, o.n HAVING o.remaining <> o.amount + total(u.amount)"
    )
)
REVERSED = compiled(
    text(
        "SELECT t.txn_id, r.n, l.amount, sum(r.amount) FROM reversal r JOIN ledger_txn t ON t.id = r.original"
        " LEFT JOIN ledger_leg l ON l.txn = r.original AND l.n = r.n"
        " GROUP BY r.original, r.n HAVING sum(r.amount) > abs(coalesce(l.amount, 0))"
    )
)
BELOW = compiled(text(f"SELECT a.name, a.balance FROM account a WHERE a.balance < 0 AND ({LOTTED} OR {PENDING})"))
ABOVE = compiled(text("SELECT name, balance FROM account WHERE balance > 0 AND substr(name, 1, 9) = 'debt.pts:'"))
# a refund gives back what its sale had redeemed; what is reserved is not redeemed yet
_REDEEMED = (
    "sum(CASE WHEN l.amount < 0 AND t.kind <> 'coupon.reserved' {by} THEN 1"
    " WHEN t.kind = 'refund' AND l.amount > 0 THEN -1 ELSE 0 END)"
)
COUPONS = compiled(
    text(
        f"SELECT c.code, c.state, {_REDEEMED.format(by='')} FROM coupon c"
        " LEFT JOIN account a ON a.name = 'coupon:' || c.coupon_id AND a.unit = 'coupon'"
        " LEFT JOIN ledger_leg l ON l.account = a.id"
        # another till may have redeemed it too while neither could know: the cloud books that loss, both sales stand
        " LEFT JOIN ledger_txn t ON t.id = l.txn LEFT JOIN sale s ON s.sale_id = t.txn_id GROUP BY c.coupon_id"
        f" HAVING {_REDEEMED.format(by='AND s.id IS NOT NULL')} > 1"
        f" OR (c.state = 'issued' AND {_REDEEMED.format(by='')} > 0)"
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
    yield from _lots(work)
    for txn_id, n, leg, back in work.each(REVERSED):
        yield Finding("over_reversed", txn_id, f"{back} of leg {n} were taken back, which was {leg}")
    for name, balance in (*work.each(BELOW), *work.each(ABOVE)):
        yield Finding("member_account", name, f"holds {balance}")
    for code, state, times in work.each(COUPONS):
        yield Finding("coupon", code, f"{state}, redeemed {times} times in the ledger")
    for code, times in work.each(COUPON_CODES):
        yield Finding("coupon_code", code, f"{times} coupons out with this code")


def _lots(work: Work) -> Iterator[Finding]:
    for name, balance, remaining in work.each(LOTS):
        yield Finding("lots", name, f"lots hold {int(remaining)}, balance is {balance}")
    for txn_id, name, amount, legs in work.each(LOT_AMOUNTS):
        yield Finding("lot", txn_id, f"opened with {amount} on {name}, its legs come to {int(legs)}")
    for txn_id, name, remaining, found in work.each(LOT_USES):
        yield Finding("lot_use", txn_id, f"{remaining} left on {name}, its uses leave {int(found)}")
