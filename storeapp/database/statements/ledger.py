"""Statements: those of `tables/ledger.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
# ruff: noqa: E501
from storeapp.database.work import Sql

ADD_TXN = Sql('INSERT INTO ledger_txn (id, txn_id, kind, at, member_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT (txn_id) DO NOTHING RETURNING id', ('id', 'txn_id', 'kind', 'at', 'member_id'), {})
MOVE = Sql('INSERT INTO account (id, name, unit, balance) VALUES (?, ?, ?, ?) ON CONFLICT (name, unit) DO UPDATE SET balance = (account.balance + excluded.balance)', ('id', 'name', 'unit', 'balance'), {})
ADD_LEG = Sql('INSERT INTO ledger_leg (txn, n, account, amount) VALUES (?, ?, (SELECT account.id FROM account WHERE account.name = ? AND account.unit = ?), ?)', ('txn', 'n', 'name', 'unit', 'amount'), {})
ADD_LOT = Sql('INSERT INTO lot (account, txn, amount, remaining, expires_on) VALUES ((SELECT account.id FROM account WHERE account.name = ? AND account.unit = ?), ?, ?, ?, ?) RETURNING account', ('name', 'unit', 'txn', 'amount', 'remaining', 'expires_on'), {})
SET_REMAINING = Sql('UPDATE lot SET remaining=? WHERE lot.account = (SELECT account.id FROM account WHERE account.name = ? AND account.unit = ?) AND lot.txn = (SELECT ledger_txn.id FROM ledger_txn WHERE ledger_txn.txn_id = ?)', ('left', 'name', 'unit', 'lot_id'), {})
BALANCE = Sql('SELECT account.balance FROM account WHERE account.name = ? AND account.unit = ?', ('name', 'unit'), {})
LOTS = Sql('SELECT ledger_txn.txn_id, ledger_txn.at, lot.amount, lot.remaining, lot.expires_on FROM lot JOIN account ON account.id = lot.account JOIN ledger_txn ON ledger_txn.id = lot.txn WHERE account.name = ? AND account.unit = ?', ('name', 'unit'), {})
BY_ID = Sql('SELECT ledger_txn.id, ledger_txn.txn_id, ledger_txn.kind, ledger_txn.at, ledger_txn.member_id FROM ledger_txn WHERE ledger_txn.txn_id = ?', ('txn_id',), {})
LEGS = Sql('SELECT account.name, account.unit, ledger_leg.amount FROM ledger_leg JOIN account ON account.id = ledger_leg.account WHERE ledger_leg.txn = ? ORDER BY ledger_leg.n', ('txn',), {})
TOUCHING = Sql('SELECT ledger_txn.id, ledger_txn.txn_id, ledger_txn.kind, ledger_txn.at, ledger_txn.member_id FROM ledger_txn WHERE ledger_txn.id IN (SELECT ledger_leg.txn FROM ledger_leg JOIN account ON account.id = ledger_leg.account WHERE account.name = ?) ORDER BY ledger_txn.id DESC LIMIT ? OFFSET ?', ('name', 'most', 'param_1'), {'param_1': 0})
