"""Statements: those of `tables/feeds.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

CURSOR = Sql('SELECT feed.feed, feed.feed_epoch, feed.seq, feed.sum FROM feed WHERE feed.feed = ?', ('feed',), {})
MOVE = Sql('INSERT INTO feed (feed, feed_epoch, seq, sum) VALUES (?, ?, ?, ?) ON CONFLICT (feed) DO UPDATE SET feed_epoch = excluded.feed_epoch, seq = excluded.seq, sum = excluded.sum', ('feed', 'feed_epoch', 'seq', 'sum'), {})
NOTE = Sql('INSERT INTO page_open (token, at) VALUES (?, ?) ON CONFLICT (token) DO NOTHING', ('token', 'at'), {})
NOTED = Sql('SELECT page_open.token, page_open.at FROM page_open', (), {})
