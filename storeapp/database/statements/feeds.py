"""Statements: those of `tables/feeds.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
# ruff: noqa: E501
from storeapp.database.work import Sql

CURSOR = Sql('SELECT feed.feed, feed.feed_epoch, feed.seq, feed.sum FROM feed WHERE feed.feed = ?', ('feed',), {})
MOVE = Sql('INSERT INTO feed (feed, feed_epoch, seq, sum) VALUES (?, ?, ?, ?) ON CONFLICT (feed) DO UPDATE SET feed_epoch = excluded.feed_epoch, seq = excluded.seq, sum = excluded.sum', ('feed', 'feed_epoch', 'seq', 'sum'), {})
NOTE = Sql('INSERT INTO loop_mark (what, token, at) VALUES (?, ?, ?) ON CONFLICT (what, token) DO NOTHING', ('what', 'token', 'at'), {})
NOTED = Sql('SELECT loop_mark.token, loop_mark.at FROM loop_mark WHERE loop_mark.what = ?', ('what',), {})
