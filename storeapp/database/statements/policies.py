"""Statements: those of `tables/policies.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

ADD = Sql('INSERT INTO policy (id, "key", value, at_us) VALUES (?, ?, ?, ?) ON CONFLICT ("key", at_us, value) DO NOTHING', ('id', 'key', 'value', 'at_us'), {})
TOLD = Sql('SELECT policy."key", policy.value FROM policy WHERE policy.at_us <= ? ORDER BY policy.at_us, policy.id', ('until',), {})
NEWEST = Sql('SELECT max(policy.id) AS max_1 FROM policy', (), {})
