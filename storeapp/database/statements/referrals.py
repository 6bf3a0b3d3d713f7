"""Statements: those of `tables/referrals.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
# ruff: noqa: E501
from storeapp.database.work import Sql

EMPTY = Sql("''", (), {})
ENDING = Sql('SELECT member.member_id FROM member WHERE substr(member.member_id, -9) IN (SELECT anon_1.value FROM json_each(?) AS anon_1) ORDER BY member.id', ('tails',), {})
ADD = Sql('INSERT INTO referral (id, newcomer_id, referrer_id, named_at, named_on, cashier, way, state, why, sale_id, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', ('id', 'newcomer_id', 'referrer_id', 'named_at', 'named_on', 'cashier', 'way', 'state', 'why', 'sale_id', 'settled_at'), {})
SETTLE = Sql('UPDATE referral SET state=?, why=?, sale_id=?, settled_at=? WHERE referral.newcomer_id = ?', ('new_state', 'new_why', 'new_sale', 'new_settled_at', 'of_newcomer'), {})
OF = Sql('SELECT referral.newcomer_id, referral.referrer_id, referral.named_at, referral.named_on, referral.cashier, referral.way, referral.state, referral.why, referral.sale_id, referral.settled_at FROM referral WHERE referral.newcomer_id = ?', ('newcomer_id',), {})
BY_SALE = Sql("SELECT referral.newcomer_id, referral.referrer_id, referral.named_at, referral.named_on, referral.cashier, referral.way, referral.state, referral.why, referral.sale_id, referral.settled_at FROM referral WHERE referral.sale_id = ? AND referral.sale_id != ''", ('sale_id',), {})
OF_REFERRER = Sql('SELECT referral.newcomer_id, referral.referrer_id, referral.named_at, referral.named_on, referral.cashier, referral.way, referral.state, referral.why, referral.sale_id, referral.settled_at FROM referral WHERE referral.referrer_id = ? ORDER BY referral.id', ('referrer_id',), {})
NAMED = Sql("SELECT referral.newcomer_id, referral.referrer_id, referral.named_at, referral.named_on, referral.cashier, referral.way, referral.state, referral.why, referral.sale_id, referral.settled_at FROM referral WHERE referral.state = 'named' ORDER BY referral.id", (), {})
LATEST = Sql('SELECT referral.newcomer_id, referral.referrer_id, referral.named_at, referral.named_on, referral.cashier, referral.way, referral.state, referral.why, referral.sale_id, referral.settled_at FROM referral ORDER BY referral.id DESC LIMIT ? OFFSET ?', ('most', 'param_1'), {'param_1': 0})
GIVE = Sql('INSERT INTO referral_given (id, newcomer_id, side, member_id, kind, amount, txn_id, day, coupon_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', ('id', 'newcomer_id', 'side', 'member_id', 'kind', 'amount', 'txn_id', 'day', 'coupon_id'), {})
GIVEN = Sql('SELECT referral_given.newcomer_id, referral_given.side, referral_given.member_id, referral_given.kind, referral_given.amount, referral_given.txn_id, referral_given.day, referral_given.coupon_id FROM referral_given WHERE referral_given.newcomer_id = ? ORDER BY referral_given.side', ('newcomer_id',), {})
BY_COUPON = Sql("SELECT referral_given.newcomer_id, referral_given.side, referral_given.member_id, referral_given.kind, referral_given.amount, referral_given.txn_id, referral_given.day, referral_given.coupon_id FROM referral_given WHERE referral_given.coupon_id = ? AND referral_given.coupon_id != ''", ('coupon_id',), {})
THANKED = Sql("SELECT count(*) AS count_1 FROM referral_given JOIN referral ON referral.newcomer_id = referral_given.newcomer_id WHERE referral_given.member_id = ? AND referral_given.side = 'referrer' AND referral_given.day >= ? AND referral_given.day < ? AND referral.state = 'rewarded'", ('member_id', 'month', 'month_after'), {})
BOUGHT = Sql("SELECT s.sale_id, s.business_date, s.total_fen - (SELECT coalesce(sum(r.total_fen), 0) FROM refund r WHERE r.sale_id = s.sale_id) FROM sale s WHERE s.member_id = ? AND s.business_date >= ? AND (NOT EXISTS (SELECT 1 FROM tender t WHERE t.sale = s.id AND t.kind = 'on_account') OR coalesce((SELECT a.balance FROM account a WHERE a.name = ? AND a.unit = 'fen'), 0) = 0) ORDER BY s.id", ('member_id', 'since', 'owed'), {})
