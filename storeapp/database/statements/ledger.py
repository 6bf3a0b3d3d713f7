"""Statements: those of `tables/ledger.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

ADD_TXN = Sql('INSERT INTO ledger_txn (id, txn_id, kind, at, member_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT (txn_id) DO NOTHING RETURNING id', ('id', 'txn_id', 'kind', 'at', 'member_id'), {})
MOVE = Sql('INSERT INTO account (id, name, unit, balance) VALUES (?, ?, ?, ?) ON CONFLICT (name, unit) DO UPDATE SET balance = (account.balance + excluded.balance)', ('id', 'name', 'unit', 'balance'), {})
ADD_LEG = Sql('INSERT INTO ledger_leg (txn, n, account, amount) VALUES (?, ?, (SELECT account.id FROM account WHERE account.name = ? AND account.unit = ?), ?)', ('txn', 'n', 'name', 'unit', 'amount'), {})
ADD_LOT = Sql('INSERT INTO lot (account, txn, n, amount, remaining, expires_on, earned_at) VALUES ((SELECT account.id FROM account WHERE account.name = ? AND account.unit = ?), (SELECT ledger_txn.id FROM ledger_txn WHERE ledger_txn.txn_id = ?), ?, ?, ?, ?, ?)', ('name', 'unit', 'lot_id', 'lot_n', 'amount', 'left', 'expires_on', 'earned_at'), {})
SET_LOT = Sql('UPDATE lot SET remaining=?, expires_on=? WHERE lot.account = (SELECT account.id FROM account WHERE account.name = ? AND account.unit = ?) AND lot.txn = (SELECT ledger_txn.id FROM ledger_txn WHERE ledger_txn.txn_id = ?) AND lot.n = ?', ('left', 'expires_on', 'name', 'unit', 'lot_id', 'lot_n'), {})
ADD_USE = Sql('INSERT INTO lot_use (txn, n, account, lot_txn, lot_n, amount, expires_on) VALUES (?, ?, (SELECT account.id FROM account WHERE account.name = ? AND account.unit = ?), (SELECT ledger_txn.id FROM ledger_txn WHERE ledger_txn.txn_id = ?), ?, ?, ?)', ('txn', 'n', 'name', 'unit', 'lot_id', 'lot_n', 'amount', 'expires_on'), {})
ADD_REVERSAL = Sql('INSERT INTO reversal (original, txn, n, amount) VALUES ((SELECT ledger_txn.id FROM ledger_txn WHERE ledger_txn.txn_id = ?), ?, ?, ?)', ('lot_id', 'txn', 'n', 'amount'), {})
REVERSED = Sql('SELECT reversal.n, sum(reversal.amount) AS sum_1 FROM reversal JOIN ledger_txn ON ledger_txn.id = reversal.original WHERE ledger_txn.txn_id = ? GROUP BY reversal.n', ('lot_id',), {})
REVERSALS = Sql('SELECT ledger_txn.txn_id FROM ledger_txn JOIN reversal ON reversal.txn = ledger_txn.id JOIN ledger_txn AS original ON original.id = reversal.original WHERE original.txn_id = ? GROUP BY ledger_txn.id ORDER BY ledger_txn.id', ('lot_id',), {})
OPENED = Sql('SELECT account.name, lot.n, lot.amount, lot.expires_on, lot.earned_at FROM lot JOIN account ON account.id = lot.account JOIN ledger_txn ON ledger_txn.id = lot.txn WHERE ledger_txn.txn_id = ? ORDER BY lot.account, lot.n', ('txn_id',), {})
USES = Sql('SELECT account.name, ledger_txn.txn_id, lot_use.lot_n, lot_use.amount, lot_use.expires_on FROM lot_use JOIN ledger_txn AS user ON user.id = lot_use.txn JOIN account ON account.id = lot_use.account JOIN ledger_txn ON ledger_txn.id = lot_use.lot_txn WHERE user.txn_id = ? ORDER BY lot_use.n', ('txn_id',), {})
BALANCE = Sql('SELECT account.balance FROM account WHERE account.name = ? AND account.unit = ?', ('name', 'unit'), {})
LOTS = Sql('SELECT ledger_txn.txn_id, lot.n, coalesce(lot.earned_at, ledger_txn.at) AS coalesce_1, lot.amount, lot.remaining, lot.expires_on FROM lot JOIN account ON account.id = lot.account JOIN ledger_txn ON ledger_txn.id = lot.txn WHERE account.name = ? AND account.unit = ?', ('name', 'unit'), {})
LAPSED = Sql('SELECT DISTINCT account.name FROM lot JOIN account ON account.id = lot.account WHERE lot.expires_on IS NOT NULL AND lot.remaining > 0 AND lot.expires_on < ? ORDER BY account.name', ('before',), {})
HOLDING = Sql('SELECT account.name, account.balance FROM account WHERE account.name > ? AND account.name < ? AND account.balance != ? ORDER BY account.name', ('prefix', 'prefix_end', 'balance_1'), {'balance_1': 0})
BY_ID = Sql('SELECT ledger_txn.id, ledger_txn.txn_id, ledger_txn.kind, ledger_txn.at, ledger_txn.member_id FROM ledger_txn WHERE ledger_txn.txn_id = ?', ('txn_id',), {})
LEGS = Sql('SELECT account.name, account.unit, ledger_leg.amount FROM ledger_leg JOIN account ON account.id = ledger_leg.account WHERE ledger_leg.txn = ? ORDER BY ledger_leg.n', ('txn',), {})
TOUCHING = Sql('SELECT ledger_txn.id, ledger_txn.txn_id, ledger_txn.kind, ledger_txn.at, ledger_txn.member_id FROM ledger_txn WHERE ledger_txn.id IN (SELECT ledger_leg.txn FROM ledger_leg JOIN account ON account.id = ledger_leg.account WHERE account.name = ?) ORDER BY ledger_txn.id DESC LIMIT ?', ('name', 'most'), {})
