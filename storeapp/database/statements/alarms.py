"""Statements: those of `tables/alarms.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

STANDING = Sql("SELECT alarm.kind, count(*) AS count_1 FROM alarm WHERE alarm.state = 'open' GROUP BY alarm.kind", (), {})
BY_ID = Sql('SELECT alarm.alarm_id, alarm.kind, alarm.at, alarm.place, alarm.facts, alarm.state, alarm.seen_by, alarm.settled_at FROM alarm WHERE alarm.alarm_id = ?', ('alarm_id',), {})
LATEST = Sql("SELECT alarm.alarm_id, alarm.kind, alarm.at, alarm.place, alarm.facts, alarm.state, alarm.seen_by, alarm.settled_at FROM alarm ORDER BY alarm.state = 'open' DESC, unixepoch(alarm.at) DESC, alarm.alarm_id LIMIT ?", ('most',), {})
PUT = Sql('INSERT INTO alarm (alarm_id, kind, at, place, facts, state, seen_by, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (alarm_id) DO UPDATE SET kind = excluded.kind, at = excluded.at, place = excluded.place, facts = excluded.facts, state = excluded.state, seen_by = excluded.seen_by, settled_at = excluded.settled_at', ('alarm_id', 'kind', 'at', 'place', 'facts', 'state', 'seen_by', 'settled_at'), {})
