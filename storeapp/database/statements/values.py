"""Statements: those of `tables/values.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

TAKE_NUMBER = Sql('INSERT INTO day (business_date, last_number, sales, total_fen) VALUES (?, ?, ?, ?) ON CONFLICT (business_date) DO UPDATE SET last_number = excluded.last_number', ('business_date', 'last_number', 'sales', 'total_fen'), {})
ADD = Sql('INSERT INTO value_doc (id, doc_id, number, kind, request_id, request_hash, business_date, number_in_day, member_id, tender, money_fen, principal_fen, bonus_fen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', ('id', 'doc_id', 'number', 'kind', 'request_id', 'request_hash', 'business_date', 'number_in_day', 'member_id', 'tender', 'money_fen', 'principal_fen', 'bonus_fen'), {})
BY_NUMBER = Sql('SELECT journal.body FROM journal JOIN value_doc ON value_doc.id = journal.place WHERE value_doc.number = ?', ('number',), {})
BY_ID = Sql('SELECT journal.body FROM journal JOIN value_doc ON value_doc.id = journal.place WHERE value_doc.doc_id = ?', ('doc_id',), {})
BY_REQUEST = Sql('SELECT journal.body, value_doc.request_hash FROM journal JOIN value_doc ON value_doc.id = journal.place WHERE value_doc.request_id = ?', ('request_id',), {})
OF_MEMBER = Sql('SELECT journal.body FROM journal JOIN value_doc ON value_doc.id = journal.place WHERE value_doc.member_id IN (SELECT ? AS anon_1 UNION ALL SELECT member_merged.gone FROM member_merged WHERE member_merged.kept = ?) ORDER BY value_doc.id', ('member_id', 'member_id'), {})
PROMISED = Sql("SELECT journal.body FROM journal JOIN value_doc ON value_doc.id = journal.place WHERE value_doc.kind = 'topup' AND value_doc.business_date >= ? AND json_extract(CAST(journal.body AS TEXT), '$.months') > 0 ORDER BY value_doc.id", ('since',), {})
SPENT_BY = Sql('SELECT journal.body FROM journal JOIN sale ON sale.id = journal.place WHERE sale.member_id IN (SELECT ? AS anon_1 UNION ALL SELECT member_merged.gone FROM member_merged WHERE member_merged.kept = ?) AND sale.id IN (SELECT tender.sale FROM tender WHERE tender.kind = ?) ORDER BY sale.id', ('member_id', 'member_id', 'kind_1'), {'kind_1': 'stored_value'})
OWED = Sql('SELECT count(*) AS count_1, sum("each".amount) AS sum_1 FROM (SELECT sum(ledger_leg.amount) AS amount FROM ledger_leg JOIN account ON account.id = ledger_leg.account JOIN ledger_txn ON ledger_txn.id = ledger_leg.txn WHERE account.name > ? AND account.name < ? AND coalesce(unixepoch(ledger_txn.at), 0) < ? GROUP BY account.id HAVING sum(ledger_leg.amount) != 0) AS "each"', ('prefix', 'prefix_end', 'until'), {})
MOVED = Sql('SELECT ledger_txn.kind, sum(ledger_leg.amount) AS sum_1 FROM ledger_leg JOIN account ON account.id = ledger_leg.account JOIN ledger_txn ON ledger_txn.id = ledger_leg.txn WHERE account.name > ? AND account.name < ? AND coalesce(unixepoch(ledger_txn.at), 0) >= ? AND coalesce(unixepoch(ledger_txn.at), 0) < ? GROUP BY ledger_txn.kind', ('prefix', 'prefix_end', 'since', 'until'), {})
ON = Sql('SELECT journal.body FROM journal JOIN value_doc ON value_doc.id = journal.place WHERE value_doc.business_date = ? ORDER BY value_doc.id', ('date',), {})
