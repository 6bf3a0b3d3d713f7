"""Statements: those of `tables/promotions.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

ADD_USE = Sql('INSERT INTO promotion_use (sale_id, promotion_id, member_id, business_date, times, fen) VALUES (?, ?, ?, ?, ?, ?)', ('sale_id', 'promotion_id', 'member_id', 'business_date', 'times', 'fen'), {})
USED_BY = Sql('SELECT sum(promotion_use.times) AS sum_1 FROM promotion_use WHERE promotion_use.promotion_id = ? AND promotion_use.member_id IN (SELECT ? AS anon_1 UNION ALL SELECT member_merged.gone FROM member_merged WHERE member_merged.kept = ?)', ('promotion_id', 'member_id', 'member_id'), {})
USED_ON = Sql('SELECT sum(promotion_use.times) AS sum_1 FROM promotion_use WHERE promotion_use.promotion_id = ? AND promotion_use.business_date = ?', ('promotion_id', 'day'), {})
ADD = Sql('INSERT INTO promotion (id, promotion_id, version, state, data, changed_at, actor, at_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (promotion_id, at_us, version, state) DO NOTHING', ('id', 'promotion_id', 'version', 'state', 'data', 'changed_at', 'actor', 'at_us'), {})
TOLD = Sql('SELECT promotion.promotion_id, promotion.version, promotion.data, promotion.state, promotion.changed_at, promotion.actor FROM promotion ORDER BY promotion.at_us, promotion.id', (), {})
TOLD_OF = Sql('SELECT promotion.promotion_id, promotion.version, promotion.data, promotion.state, promotion.changed_at, promotion.actor FROM promotion WHERE promotion.promotion_id = ? ORDER BY promotion.at_us, promotion.id', ('promotion_id',), {})
NEWEST = Sql('SELECT max(promotion.id) AS max_1 FROM promotion', (), {})
ADD_REPLAY = Sql('INSERT INTO promotion_replay (id, promotion_id, version, result, at) VALUES (?, ?, ?, ?, ?)', ('id', 'promotion_id', 'version', 'result', 'at'), {})
REPLAY_OF = Sql('SELECT promotion_replay.result FROM promotion_replay WHERE promotion_replay.promotion_id = ? AND promotion_replay.version = ? ORDER BY promotion_replay.id DESC LIMIT 1', ('promotion_id', 'version'), {})
