"""Statements: those of `tables/outreach.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

PUT = Sql('INSERT INTO outreach (day, member_id, place, reason, detail, outcome, at, actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day, member_id) DO NOTHING', ('day', 'member_id', 'place', 'reason', 'detail', 'outcome', 'at', 'actor'), {})
OF_DAY = Sql('SELECT outreach.day, outreach.member_id, outreach.place, outreach.reason, outreach.detail, outreach.outcome, outreach.at, outreach.actor FROM outreach WHERE outreach.day = ? ORDER BY outreach.place', ('day',), {})
SINCE = Sql('SELECT outreach.day, outreach.member_id, outreach.place, outreach.reason, outreach.detail, outreach.outcome, outreach.at, outreach.actor FROM outreach WHERE outreach.day >= ? ORDER BY outreach.day, outreach.place', ('day',), {})
SETTLE = Sql('UPDATE outreach SET outcome=?, at=?, actor=? WHERE outreach.day = ? AND outreach.member_id = ?', ('became', 'when', 'by', 'on', 'who'), {})
LAST_WRITTEN = Sql("SELECT member_id, max(day) FROM outreach WHERE outcome IN ('done', 'replied', 'bought') GROUP BY member_id", (), {})
AGREED = Sql("SELECT member_id FROM (SELECT member_id, given, row_number() OVER (PARTITION BY member_id ORDER BY unixepoch(at) DESC, given) AS n FROM consent WHERE purpose = 'marketing') WHERE n = 1 AND given = 1", (), {})
LAPSING = Sql("SELECT member_id, amount_fen, valid_until FROM coupon WHERE state = 'issued' AND member_id IS NOT NULL AND valid_until BETWEEN ? AND ? ORDER BY valid_until DESC, amount_fen", ('start', 'end'), {})
