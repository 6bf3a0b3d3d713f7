"""Statements: those of `tables/feedback.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

PUT = Sql('INSERT INTO feedback (token, mark, said, at, receipt, member_id) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (token) DO NOTHING', ('token', 'mark', 'said', 'at', 'receipt', 'member_id'), {})
LATEST = Sql('SELECT feedback.token, feedback.mark, feedback.said, feedback.at, feedback.receipt, feedback.member_id FROM feedback WHERE feedback.mark <= ? ORDER BY unixepoch(feedback.at) DESC, feedback.token LIMIT ?', ('most_mark', 'most'), {})
MARKS = Sql('SELECT feedback.mark, count(*) AS count_1 FROM feedback GROUP BY feedback.mark', (), {})
LOW_SINCE = Sql('SELECT feedback.token, feedback.mark, feedback.said, feedback.at, feedback.receipt, feedback.member_id FROM feedback WHERE feedback.member_id IS NOT NULL AND feedback.mark <= ? AND substr(feedback.at, ?, ?) >= ? ORDER BY unixepoch(feedback.at), feedback.token', ('most_mark', 'substr_1', 'substr_2', 'day'), {'substr_1': 1, 'substr_2': 10})
MOVE = Sql('UPDATE feedback SET member_id=? WHERE feedback.member_id = ? AND feedback.member_id IS NOT NULL', ('now', 'was'), {})
FORGET = Sql('UPDATE feedback SET said=? WHERE feedback.member_id = ? AND feedback.member_id IS NOT NULL', ('said', 'who'), {'said': ''})
