"""Statements: those of `tables/attempts.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
# ruff: noqa: E501
from storeapp.database.work import Sql

PUT = Sql('INSERT INTO attempt (id, attempt_id, sale_id, provider, fen, state, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (attempt_id) DO UPDATE SET sale_id = excluded.sale_id, provider = excluded.provider, fen = excluded.fen, state = excluded.state, at = excluded.at', ('id', 'attempt_id', 'sale_id', 'provider', 'fen', 'state', 'at'), {})
UNSETTLED = Sql('SELECT attempt.attempt_id, attempt.sale_id, attempt.provider, attempt.fen, attempt.state, attempt.at FROM attempt WHERE attempt.state = ? OR attempt.state = ? ORDER BY attempt.id', ('state_1', 'state_2'), {'state_1': 'sent', 'state_2': 'unknown'})
