"""Statements: those of `tables/layers.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
# ruff: noqa: E501
from storeapp.database.work import Sql

BOUGHT = Sql("SELECT b.member_id, b.business_date, coalesce(p.category, ''), sum(b.net_fen), CASE WHEN count(*) = count(p.cost_fen) THEN sum(p.cost_fen * b.quantity_milli) / 1000 END FROM (SELECT s.member_id, s.business_date, l.code, l.quantity_milli, l.gross_fen - l.discount_fen AS net_fen FROM sale s JOIN sale_line l ON l.sale = s.id WHERE s.member_id IS NOT NULL UNION ALL SELECT s.member_id, s.business_date, l.code, l.quantity_milli, l.net_fen FROM past_sale s JOIN past_line l ON l.sale = s.id WHERE s.member_id IS NOT NULL UNION ALL SELECT s.member_id, s.business_date, l.code, -l.quantity_milli, -l.net_fen FROM refund r JOIN refund_line l ON l.refund = r.id JOIN sale s ON s.sale_id = r.sale_id WHERE r.member_id IS NOT NULL) b LEFT JOIN product p ON p.code = b.code WHERE b.member_id NOT IN (SELECT member_id FROM member_erased) GROUP BY b.member_id, b.business_date, 3 ORDER BY b.member_id, b.business_date", (), {})
VISITS = Sql('SELECT DISTINCT member_id, business_date FROM (SELECT member_id, business_date FROM sale WHERE member_id IS NOT NULL UNION ALL SELECT member_id, business_date FROM past_sale WHERE member_id IS NOT NULL) WHERE member_id NOT IN (SELECT member_id FROM member_erased)', (), {})
JOINED = Sql('SELECT member.member_id, substr(member.joined_at, ?, ?) AS substr_1 FROM member', ('substr_2', 'substr_3'), {'substr_2': 1, 'substr_3': 10})
NEVER_BOUGHT = Sql('SELECT member.member_id FROM member WHERE NOT (EXISTS (SELECT * FROM sale WHERE sale.member_id = member.member_id AND sale.member_id IS NOT NULL)) AND NOT (EXISTS (SELECT * FROM past_sale WHERE past_sale.member_id = member.member_id AND past_sale.member_id IS NOT NULL)) ORDER BY member.member_id', (), {})
PUT = Sql('INSERT INTO layer (member_id, computed_on, stage, since, first_on, last_on, visits, net_fen, margin_fen, recency, frequency, money, usual_days, potential_fen, model_fen, alive_permille, habit, step, categories) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (member_id) DO UPDATE SET computed_on = excluded.computed_on, stage = excluded.stage, since = excluded.since, first_on = excluded.first_on, last_on = excluded.last_on, visits = excluded.visits, net_fen = excluded.net_fen, margin_fen = excluded.margin_fen, recency = excluded.recency, frequency = excluded.frequency, money = excluded.money, usual_days = excluded.usual_days, potential_fen = excluded.potential_fen, model_fen = excluded.model_fen, alive_permille = excluded.alive_permille, habit = excluded.habit, step = excluded.step, categories = excluded.categories', ('member_id', 'computed_on', 'stage', 'since', 'first_on', 'last_on', 'visits', 'net_fen', 'margin_fen', 'recency', 'frequency', 'money', 'usual_days', 'potential_fen', 'model_fen', 'alive_permille', 'habit', 'step', 'categories'), {})
OF = Sql('SELECT layer.member_id, layer.computed_on, layer.stage, layer.since, layer.first_on, layer.last_on, layer.visits, layer.net_fen, layer.margin_fen, layer.recency, layer.frequency, layer.money, layer.usual_days, layer.potential_fen, layer.model_fen, layer.alive_permille, layer.habit, layer.step, layer.categories FROM layer WHERE layer.member_id = ?', ('member_id',), {})
EVERY = Sql('SELECT layer.member_id, layer.computed_on, layer.stage, layer.since, layer.first_on, layer.last_on, layer.visits, layer.net_fen, layer.margin_fen, layer.recency, layer.frequency, layer.money, layer.usual_days, layer.potential_fen, layer.model_fen, layer.alive_permille, layer.habit, layer.step, layer.categories FROM layer ORDER BY layer.member_id', (), {})
LAST_BOUGHT = Sql('SELECT sale.business_date FROM sale WHERE sale.member_id = ? AND sale.member_id IS NOT NULL ORDER BY sale.id DESC LIMIT ? OFFSET ?', ('member_id', 'param_1', 'param_2'), {'param_1': 1, 'param_2': 0})
STANDINGS = Sql('SELECT layer.member_id, layer.stage, layer.since FROM layer', (), {})
SWEEP = Sql('DELETE FROM layer WHERE layer.computed_on != ?', ('computed_on',), {})
FORGET = Sql('DELETE FROM layer WHERE layer.member_id = ?', ('member_id',), {})
STAGES = Sql('SELECT layer.stage, count(*) AS count_1, sum(layer.net_fen) AS sum_1 FROM layer GROUP BY layer.stage', (), {})
PUT_NIGHT = Sql('INSERT INTO layer_night (id, computed_on, learned) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET computed_on = excluded.computed_on, learned = excluded.learned', ('id', 'computed_on', 'learned'), {})
NIGHT = Sql('SELECT layer_night.computed_on, layer_night.learned FROM layer_night', (), {})
PUT_SEGMENT = Sql('INSERT INTO segment (segment_id, data) VALUES (?, ?) ON CONFLICT (segment_id) DO UPDATE SET data = excluded.data', ('segment_id', 'data'), {})
SEGMENTS = Sql('SELECT segment.data FROM segment ORDER BY segment.segment_id', (), {})
DROP_SEGMENT = Sql('DELETE FROM segment WHERE segment.segment_id = ?', ('segment_id',), {})
PUT_TAG = Sql('INSERT INTO member_tag (member_id, tag, by_rule, actor, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (member_id, tag) DO NOTHING', ('member_id', 'tag', 'by_rule', 'actor', 'at'), {})
DROP_TAG = Sql('DELETE FROM member_tag WHERE member_tag.member_id = ? AND member_tag.tag = ?', ('member_id', 'tag'), {})
DROP_RULED = Sql('DELETE FROM member_tag WHERE member_tag.by_rule = ?', ('by_rule_1',), {'by_rule_1': 1})
FORGET_TAGS = Sql('DELETE FROM member_tag WHERE member_tag.member_id = ?', ('member_id',), {})
TAGS_OF = Sql('SELECT member_tag.tag FROM member_tag WHERE member_tag.member_id = ? ORDER BY member_tag.tag', ('member_id',), {})
EVERY_TAG = Sql('SELECT member_tag.member_id, member_tag.tag FROM member_tag', (), {})
