"""Statements: those of `tables/baskets.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

KEEP = Sql('INSERT INTO current_basket (id, data) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data', ('id', 'data'), {})
DROP = Sql('DELETE FROM current_basket', (), {})
CURRENT = Sql('SELECT current_basket.data FROM current_basket', (), {})
PARK = Sql('INSERT INTO parked_basket (id, parked_id, label, parked_at, cashier, lines, total_fen, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', ('id', 'parked_id', 'label', 'parked_at', 'cashier', 'lines', 'total_fen', 'data'), {})
PARKED = Sql('SELECT parked_basket.parked_id, parked_basket.label, parked_basket.parked_at, parked_basket.cashier, parked_basket.lines, parked_basket.total_fen, parked_basket.data FROM parked_basket ORDER BY parked_basket.id', (), {})
PARKED_ONE = Sql('SELECT parked_basket.parked_id, parked_basket.label, parked_basket.parked_at, parked_basket.cashier, parked_basket.lines, parked_basket.total_fen, parked_basket.data FROM parked_basket WHERE parked_basket.parked_id = ?', ('parked_id',), {})
UNPARK = Sql('DELETE FROM parked_basket WHERE parked_basket.parked_id = ?', ('parked_id',), {})
