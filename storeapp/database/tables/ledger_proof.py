"""The ledger proven: everything it promises, added up again from its legs; and the one row that says when it was."""

from __future__ import annotations

from sqlalchemy import Table, func, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.ledger import ledger_leg
from storeapp.database.tables.schema import metadata, number, only_row, words
from storeapp.domain.ledger import LOT_PREFIXES, times_account

ledger_proof = Table(
    "ledger_proof",
    metadata,
    only_row(),
    words("at"),
    number("legs", ">= 0"),
    number("faults", ">= 0"),
    words("first"),
    sqlite_strict=True,
)

_LAWS = {prefix: f"substr(a.name, 1, {len(prefix)}) = '{prefix}'" for prefix in LOT_PREFIXES}
_LOTTED = " OR ".join(_LAWS.values())
# when a card's times may be below, the check of cards knows
_NEVER_BELOW = " OR ".join(law for prefix, law in _LAWS.items() if prefix != times_account(""))
_PENDING = "substr(a.name, 1, 12) = 'pts.pending:'"
UNBALANCED = text(
    "SELECT t.txn_id, a.unit, sum(l.amount) FROM ledger_leg l JOIN account a ON a.id = l.account"
    " JOIN ledger_txn t ON t.id = l.txn GROUP BY l.txn, a.unit HAVING sum(l.amount) <> 0"
)
BALANCES = text(
    "SELECT a.name, a.unit, a.balance, total(l.amount) FROM account a LEFT JOIN ledger_leg l ON l.account = a.id"
    " GROUP BY a.id HAVING a.balance <> total(l.amount)"
)
LOTS = text(
    "SELECT a.name, a.balance, total(o.remaining) FROM account a LEFT JOIN lot o ON o.account = a.id"
    f" WHERE ({_LOTTED}) GROUP BY a.id HAVING max(a.balance, 0) <> total(o.remaining)"
)
LOT_AMOUNTS = text(
    "SELECT t.txn_id, a.name, sum(o.amount), (SELECT total(l.amount) FROM ledger_leg l"
    " WHERE l.txn = o.txn AND l.account = o.account AND l.amount > 0) AS legs"
    " FROM lot o JOIN ledger_txn t ON t.id = o.txn JOIN account a ON a.id = o.account"
    " GROUP BY o.account, o.txn HAVING sum(o.amount) > legs"
)
LOT_USES = text(
    "SELECT t.txn_id, a.name, o.remaining, o.amount + total(u.amount) FROM lot o"
    " JOIN ledger_txn t ON t.id = o.txn JOIN account a ON a.id = o.account"
    " LEFT JOIN lot_use u ON u.account = o.account AND u.lot_txn = o.txn AND u.lot_n = o.n"
    " GROUP BY o.account, o.txn, o.n HAVING o.remaining <> o.amount + total(u.amount)"
)
REVERSED = text(
    "SELECT t.txn_id, r.n, l.amount, sum(r.amount) FROM reversal r JOIN ledger_txn t ON t.id = r.original"
    " LEFT JOIN ledger_leg l ON l.txn = r.original AND l.n = r.n"
    " GROUP BY r.original, r.n HAVING sum(r.amount) > abs(coalesce(l.amount, 0))"
)
# what two tills spent of one account the cloud books, and tells the owner: a till that hears of both holds the same
_IS_ALONE = "NOT EXISTS (SELECT 1 FROM feed WHERE substr(feed, 1, 8) = 'members:')"
BELOW = text(
    f"SELECT a.name, a.balance FROM account a WHERE a.balance < 0 AND ({_NEVER_BELOW} OR {_PENDING}) AND {_IS_ALONE}"
)
ABOVE = text("SELECT name, balance FROM account WHERE balance > 0 AND substr(name, 1, 9) = 'debt.pts:'")
# a refund gives back what its sale had redeemed, and the cloud what was taken away of a coupon that had paid
_REDEEMED = (
    "sum(CASE WHEN l.amount < 0 AND t.kind <> 'coupon.reserved' {by} THEN 1"
    " WHEN t.kind IN ('refund', 'coupon.void') AND l.amount > 0 THEN -1 ELSE 0 END)"
)
COUPONS = text(
    f"SELECT c.code, c.state, {_REDEEMED.format(by='')} FROM coupon c"
    " LEFT JOIN account a ON a.name = 'coupon:' || c.coupon_id AND a.unit = 'coupon'"
    " LEFT JOIN ledger_leg l ON l.account = a.id"
    # another till may have redeemed it too while neither could know: the cloud books that loss, both sales stand
    " LEFT JOIN ledger_txn t ON t.id = l.txn LEFT JOIN sale s ON s.sale_id = t.txn_id GROUP BY c.coupon_id"
    f" HAVING {_REDEEMED.format(by='AND s.id IS NOT NULL')} > 1"
    f" OR (c.state = 'issued' AND {_REDEEMED.format(by='')} > 0)"
)
COUPON_CODES = text("SELECT code, count(*) FROM coupon WHERE state = 'issued' GROUP BY code HAVING count(*) > 1")


LEGS = select(func.count()).select_from(ledger_leg)

_proof = upsert(ledger_proof)
PUT = _proof.on_conflict_do_update(
    index_elements=["id"], set_={name: _proof.excluded[name] for name in ("at", "legs", "faults", "first")}
)

LAST = select(ledger_proof.c.at, ledger_proof.c.legs, ledger_proof.c.faults, ledger_proof.c.first)
