"""Statements: those of `tables/price_lists.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

ADD = Sql('INSERT INTO price_list (id, list_id, version, state, data, changed_at, actor, at_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (list_id, at_us, version, state) DO NOTHING', ('id', 'list_id', 'version', 'state', 'data', 'changed_at', 'actor', 'at_us'), {})
NEWEST = Sql('SELECT max(price_list.id) AS max_1 FROM price_list', (), {})
TOLD = Sql('SELECT price_list.list_id, price_list.version, price_list.data, price_list.state, price_list.changed_at, price_list.actor FROM price_list ORDER BY price_list.at_us, price_list.id', (), {})
TOLD_OF = Sql('SELECT price_list.list_id, price_list.version, price_list.data, price_list.state, price_list.changed_at, price_list.actor FROM price_list WHERE price_list.list_id = ? ORDER BY price_list.at_us, price_list.id', ('list_id',), {})
