"""Statements: those of `tables/coupon_grants.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

ADD = Sql('INSERT INTO coupon_template (id, template_id, version, state, data, changed_at, actor, at_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (template_id, at_us, version, state) DO NOTHING', ('id', 'template_id', 'version', 'state', 'data', 'changed_at', 'actor', 'at_us'), {})
NEWEST = Sql('SELECT max(coupon_template.id) AS max_1 FROM coupon_template', (), {})
TOLD = Sql('SELECT coupon_template.template_id, coupon_template.version, coupon_template.data, coupon_template.state, coupon_template.changed_at, coupon_template.actor FROM coupon_template ORDER BY coupon_template.at_us, coupon_template.id', (), {})
TOLD_OF = Sql('SELECT coupon_template.template_id, coupon_template.version, coupon_template.data, coupon_template.state, coupon_template.changed_at, coupon_template.actor FROM coupon_template WHERE coupon_template.template_id = ? ORDER BY coupon_template.at_us, coupon_template.id', ('template_id',), {})
GIVE = Sql('INSERT INTO coupon_grant ("key", n, coupon_id, template_id, member_id, why, cost_fen, actor, reason, at, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', ('key', 'n', 'coupon_id', 'template_id', 'member_id', 'why', 'cost_fen', 'actor', 'reason', 'at', 'asked'), {})
OF_KEY = Sql('SELECT coupon_grant."key", coupon_grant.n, coupon_grant.coupon_id, coupon_grant.template_id, coupon_grant.member_id, coupon_grant.why, coupon_grant.cost_fen, coupon_grant.actor, coupon_grant.reason, coupon_grant.at, coupon_grant.asked FROM coupon_grant WHERE coupon_grant."key" = ? ORDER BY coupon_grant.n', ('key',), {})
OF_COUPON = Sql('SELECT coupon_grant."key", coupon_grant.n, coupon_grant.coupon_id, coupon_grant.template_id, coupon_grant.member_id, coupon_grant.why, coupon_grant.cost_fen, coupon_grant.actor, coupon_grant.reason, coupon_grant.at, coupon_grant.asked FROM coupon_grant WHERE coupon_grant.coupon_id = ?', ('coupon_id',), {})
WALLET = Sql('SELECT coupon.coupon_id, coupon.code, coupon.offer_id, coupon.amount_fen, coupon.min_spend_fen, coupon.valid_from, coupon.valid_until, coupon.member_id, coupon.state, coupon.receipt_token, coupon.terms FROM coupon WHERE coupon.member_id = ? ORDER BY coupon.valid_until DESC, coupon.coupon_id', ('member_id',), {})
TALLY = Sql("SELECT offer_id, CASE WHEN state = 'issued' AND valid_until < ? THEN 'lapsed' ELSE state END AS stands, count(*) FROM coupon GROUP BY offer_id, stands", ('day',), {})
USES = Sql("SELECT DISTINCT s.receipt FROM coupon c JOIN account a ON a.name = 'coupon:' || c.coupon_id AND a.unit = 'coupon' JOIN ledger_leg l ON l.account = a.id AND l.amount < 0 JOIN ledger_txn t ON t.id = l.txn JOIN sale s ON s.sale_id = t.txn_id WHERE c.state = 'redeemed'", (), {})
SALES_WITH = Sql("SELECT DISTINCT s.sale_id, s.receipt FROM account a JOIN ledger_leg l ON l.account = a.id AND l.amount < 0 JOIN ledger_txn t ON t.id = l.txn JOIN sale s ON s.sale_id = t.txn_id WHERE a.name = ? AND a.unit = 'coupon' ORDER BY s.id", ('name',), {})
COSTS = Sql("SELECT g.template_id, sum(g.cost_fen) FROM coupon_grant g JOIN coupon c ON c.coupon_id = g.coupon_id WHERE c.state = 'redeemed' GROUP BY g.template_id", (), {})
MEMBERS = Sql('SELECT member.member_id FROM member', (), {})
EVERY = Sql('SELECT coupon_grant."key", coupon_grant.n, coupon_grant.coupon_id, coupon_grant.template_id, coupon_grant.member_id, coupon_grant.why, coupon_grant.cost_fen, coupon_grant.actor, coupon_grant.reason, coupon_grant.at, coupon_grant.asked FROM coupon_grant ORDER BY coupon_grant.at, coupon_grant."key", coupon_grant.n', (), {})
