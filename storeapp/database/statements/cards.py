"""Statements: those of `tables/cards.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

TAKE_NUMBER = Sql('INSERT INTO day (business_date, last_number, sales, total_fen) VALUES (?, ?, ?, ?) ON CONFLICT (business_date) DO UPDATE SET last_number = excluded.last_number', ('business_date', 'last_number', 'sales', 'total_fen'), {})
ADD = Sql('INSERT INTO card_doc (id, doc_id, number, deed, request_id, request_hash, business_date, number_in_day, member_id, card_id, tender, money_fen, times, worth_fen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', ('id', 'doc_id', 'number', 'deed', 'request_id', 'request_hash', 'business_date', 'number_in_day', 'member_id', 'card_id', 'tender', 'money_fen', 'times', 'worth_fen'), {})
TELL = Sql('INSERT INTO card_told (id, doc_id, number, member_id, card_id, is_ours, body) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (doc_id) DO NOTHING', ('id', 'doc_id', 'number', 'member_id', 'card_id', 'is_ours', 'body'), {})
BY_NUMBER = Sql('SELECT journal.body FROM journal JOIN card_doc ON card_doc.id = journal.place WHERE card_doc.number = ?', ('number',), {})
BY_REQUEST = Sql('SELECT journal.body, card_doc.request_hash FROM journal JOIN card_doc ON card_doc.id = journal.place WHERE card_doc.request_id = ?', ('request_id',), {})
OF_CARD = Sql('SELECT journal.body FROM journal JOIN card_doc ON card_doc.id = journal.place WHERE card_doc.card_id = ? ORDER BY card_doc.id', ('card_id',), {})
OF_MEMBER = Sql('SELECT journal.body FROM journal JOIN card_doc ON card_doc.id = journal.place WHERE card_doc.card_id IN (SELECT of_hers.card_id FROM card_doc AS of_hers WHERE of_hers.member_id IN (SELECT ? AS anon_1 UNION ALL SELECT member_merged.gone FROM member_merged WHERE member_merged.kept = ?)) ORDER BY card_doc.id', ('member_id', 'member_id'), {})
ON = Sql('SELECT journal.body FROM journal JOIN card_doc ON card_doc.id = journal.place WHERE card_doc.business_date = ? ORDER BY card_doc.id', ('date',), {})
EVERY = Sql('SELECT journal.body FROM journal JOIN card_doc ON card_doc.id = journal.place ORDER BY card_doc.id', (), {})
TOLD_BY_NUMBER = Sql('SELECT card_told.body, card_told.is_ours FROM card_told WHERE (card_told.doc_id NOT IN (SELECT card_doc.doc_id FROM card_doc)) AND card_told.number = ? ORDER BY card_told.id', ('number',), {})
TOLD_OF_CARD = Sql('SELECT card_told.body, card_told.is_ours FROM card_told WHERE (card_told.doc_id NOT IN (SELECT card_doc.doc_id FROM card_doc)) AND card_told.card_id = ? ORDER BY card_told.id', ('card_id',), {})
TOLD_OF_MEMBER = Sql('SELECT card_told.body, card_told.is_ours FROM card_told WHERE (card_told.doc_id NOT IN (SELECT card_doc.doc_id FROM card_doc)) AND card_told.card_id IN (SELECT told_hers.card_id FROM card_told AS told_hers WHERE told_hers.member_id IN (SELECT ? AS anon_1 UNION ALL SELECT member_merged.gone FROM member_merged WHERE member_merged.kept = ?)) ORDER BY card_told.id', ('member_id', 'member_id'), {})
TOLD_EVERY = Sql('SELECT card_told.body, card_told.is_ours FROM card_told WHERE (card_told.doc_id NOT IN (SELECT card_doc.doc_id FROM card_doc)) ORDER BY card_told.id', (), {})
