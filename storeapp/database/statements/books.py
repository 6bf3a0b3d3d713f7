"""Statements: those of `tables/books.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

PUT_DEVICE = Sql('INSERT INTO device (id, data) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data', ('id', 'data'), {})
DEVICE = Sql('SELECT device.data FROM device', (), {})
