"""Statements: those of `tables/journal.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

ADD = Sql('INSERT INTO journal (place, event_id, type, v, at, hash, body) VALUES (?, ?, ?, ?, ?, ?, ?)', ('place', 'event_id', 'type', 'v', 'at', 'hash', 'body'), {})
HEAD = Sql('SELECT journal.place, journal.hash FROM journal WHERE journal.place BETWEEN ? AND ? ORDER BY journal.place DESC LIMIT 1', ('first', 'last'), {})
AFTER = Sql('SELECT journal.place, journal.event_id, journal.type, journal.v, journal.at, journal.hash, journal.body, "before".hash AS prev FROM journal LEFT OUTER JOIN journal AS "before" ON "before".place = journal.place - ? WHERE journal.place > ? AND journal.place <= ? ORDER BY journal.place LIMIT ?', ('place_1', 'after', 'last', 'most'), {'place_1': 1})
AT = Sql('SELECT journal.place, journal.event_id, journal.type, journal.v, journal.at, journal.hash, journal.body, "before".hash AS prev FROM journal LEFT OUTER JOIN journal AS "before" ON "before".place = journal.place - ? WHERE journal.place = ?', ('place_1', 'place'), {'place_1': 1})
BODY = Sql('SELECT journal.body FROM journal WHERE journal.place = ?', ('place',), {})
EVERY = Sql('SELECT journal.place, journal.event_id, journal.type, journal.v, journal.at, journal.hash, journal.body, "before".hash AS prev FROM journal LEFT OUTER JOIN journal AS "before" ON "before".place = journal.place - ? ORDER BY journal.place', ('place_1',), {'place_1': 1})
ACKED = Sql('SELECT ack_mark.seq FROM ack_mark WHERE ack_mark.epoch = ?', ('epoch',), {})
ACK = Sql('INSERT INTO ack_mark (id, epoch, seq) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq', ('id', 'epoch', 'seq'), {})
LAST_PLACE = Sql('SELECT max(journal.place) AS max_1 FROM journal', (), {})
