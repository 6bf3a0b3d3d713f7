"""Statements: those of `tables/ledger_proof.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

UNBALANCED = Sql('SELECT t.txn_id, a.unit, sum(l.amount) FROM ledger_leg l JOIN account a ON a.id = l.account JOIN ledger_txn t ON t.id = l.txn GROUP BY l.txn, a.unit HAVING sum(l.amount) <> 0', (), {})
BALANCES = Sql('SELECT a.name, a.unit, a.balance, total(l.amount) FROM account a LEFT JOIN ledger_leg l ON l.account = a.id GROUP BY a.id HAVING a.balance <> total(l.amount)', (), {})
LOTS = Sql("SELECT a.name, a.balance, total(o.remaining) FROM account a LEFT JOIN lot o ON o.account = a.id WHERE (substr(a.name, 1, 4) = 'pts:' OR substr(a.name, 1, 14) = 'val.principal:' OR substr(a.name, 1, 10) = 'val.bonus:' OR substr(a.name, 1, 6) = 'times:') GROUP BY a.id HAVING max(a.balance, 0) <> total(o.remaining)", (), {})
LOT_AMOUNTS = Sql('SELECT t.txn_id, a.name, sum(o.amount), (SELECT total(l.amount) FROM ledger_leg l WHERE l.txn = o.txn AND l.account = o.account AND l.amount > 0) AS legs FROM lot o JOIN ledger_txn t ON t.id = o.txn JOIN account a ON a.id = o.account GROUP BY o.account, o.txn HAVING sum(o.amount) > legs', (), {})
LOT_USES = Sql('SELECT t.txn_id, a.name, o.remaining, o.amount + total(u.amount) FROM lot o JOIN ledger_txn t ON t.id = o.txn JOIN account a ON a.id = o.account LEFT JOIN lot_use u ON u.account = o.account AND u.lot_txn = o.txn AND u.lot_n = o.n GROUP BY o.account, o.txn, o.n HAVING o.remaining <> o.amount + total(u.amount)', (), {})
REVERSED = Sql('SELECT t.txn_id, r.n, l.amount, sum(r.amount) FROM reversal r JOIN ledger_txn t ON t.id = r.original LEFT JOIN ledger_leg l ON l.txn = r.original AND l.n = r.n GROUP BY r.original, r.n HAVING sum(r.amount) > abs(coalesce(l.amount, 0))', (), {})
BELOW = Sql("SELECT a.name, a.balance FROM account a WHERE a.balance < 0 AND (substr(a.name, 1, 4) = 'pts:' OR substr(a.name, 1, 14) = 'val.principal:' OR substr(a.name, 1, 10) = 'val.bonus:' OR substr(a.name, 1, 12) = 'pts.pending:') AND NOT EXISTS (SELECT 1 FROM feed WHERE substr(feed, 1, 8) = 'members:')", (), {})
ABOVE = Sql("SELECT name, balance FROM account WHERE balance > 0 AND substr(name, 1, 9) = 'debt.pts:'", (), {})
COUPONS = Sql("SELECT c.code, c.state, sum(CASE WHEN l.amount < 0 AND t.kind <> 'coupon.reserved' THEN 1 WHEN t.kind IN ('refund', 'coupon.void') AND l.amount > 0 THEN -1 ELSE 0 END) FROM coupon c LEFT JOIN account a ON a.name = 'coupon:' || c.coupon_id AND a.unit = 'coupon' LEFT JOIN ledger_leg l ON l.account = a.id LEFT JOIN ledger_txn t ON t.id = l.txn LEFT JOIN sale s ON s.sale_id = t.txn_id GROUP BY c.coupon_id HAVING sum(CASE WHEN l.amount < 0 AND t.kind <> 'coupon.reserved' AND s.id IS NOT NULL THEN 1 WHEN t.kind IN ('refund', 'coupon.void') AND l.amount > 0 THEN -1 ELSE 0 END) > 1 OR (c.state = 'issued' AND sum(CASE WHEN l.amount < 0 AND t.kind <> 'coupon.reserved' THEN 1 WHEN t.kind IN ('refund', 'coupon.void') AND l.amount > 0 THEN -1 ELSE 0 END) > 0)", (), {})
COUPON_CODES = Sql("SELECT code, count(*) FROM coupon WHERE state = 'issued' GROUP BY code HAVING count(*) > 1", (), {})
LEGS = Sql('SELECT count(*) AS count_1 FROM ledger_leg', (), {})
PUT = Sql('INSERT INTO ledger_proof (id, at, legs, faults, first) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, legs = excluded.legs, faults = excluded.faults, first = excluded.first', ('id', 'at', 'legs', 'faults', 'first'), {})
LAST = Sql('SELECT ledger_proof.at, ledger_proof.legs, ledger_proof.faults, ledger_proof.first FROM ledger_proof', (), {})
