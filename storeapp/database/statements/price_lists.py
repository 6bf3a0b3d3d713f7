"""Statements: those of `tables/price_lists.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
# ruff: noqa: E501
from storeapp.database.work import Sql

ADD = Sql('INSERT INTO price_list (id, list_id, data, at) VALUES (?, ?, ?, ?)', ('id', 'list_id', 'data', 'at'), {})
NEWEST = Sql('SELECT max(price_list.id) AS max_1 FROM price_list', (), {})
EVERY = Sql('SELECT price_list.data FROM price_list WHERE price_list.id IN (SELECT max(price_list.id) AS max_1 FROM price_list GROUP BY price_list.list_id) AND price_list.data IS NOT NULL ORDER BY price_list.list_id', (), {})
