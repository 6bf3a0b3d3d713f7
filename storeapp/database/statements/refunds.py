"""Statements: those of `tables/refunds.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

ADD = Sql('INSERT INTO refund (id, refund_id, receipt, sale_id, request_id, request_hash, business_date, number_in_day, member_id, total_fen, back_fen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', ('id', 'refund_id', 'receipt', 'sale_id', 'request_id', 'request_hash', 'business_date', 'number_in_day', 'member_id', 'total_fen', 'back_fen'), {})
ADD_LINE = Sql('INSERT INTO refund_line (refund, line, code, quantity_milli, net_fen, restock) VALUES (?, ?, ?, ?, ?, ?)', ('refund', 'line', 'code', 'quantity_milli', 'net_fen', 'restock'), {})
ADD_TENDER = Sql('INSERT INTO refund_tender (refund, kind, fen) VALUES (?, ?, ?)', ('refund', 'kind', 'fen'), {})
BY_RECEIPT = Sql('SELECT journal.body FROM journal JOIN refund ON refund.id = journal.place WHERE refund.receipt = ?', ('receipt',), {})
BY_REQUEST = Sql('SELECT journal.body, refund.request_hash FROM journal JOIN refund ON refund.id = journal.place WHERE refund.request_id = ?', ('request_id',), {})
OF_SALE = Sql('SELECT journal.body FROM journal JOIN refund ON refund.id = journal.place WHERE refund.sale_id = ? ORDER BY refund.id', ('sale_id',), {})
ON = Sql('SELECT journal.body FROM journal JOIN refund ON refund.id = journal.place WHERE refund.business_date = ? ORDER BY refund.id', ('date',), {})
BACK = Sql('SELECT refund_line.line, sum(refund_line.quantity_milli) AS sum_1, sum(refund_line.net_fen) AS sum_2 FROM refund_line JOIN refund ON refund.id = refund_line.refund WHERE refund.sale_id = ? GROUP BY refund_line.line', ('sale_id',), {})
TAKE_NUMBER = Sql('INSERT INTO day (business_date, last_number, sales, total_fen) VALUES (?, ?, ?, ?) ON CONFLICT (business_date) DO UPDATE SET last_number = excluded.last_number', ('business_date', 'last_number', 'sales', 'total_fen'), {})
