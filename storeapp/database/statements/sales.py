"""Statements: those of `tables/sales.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
# ruff: noqa: E501
from storeapp.database.work import Sql

EMPTY = Sql("''", (), {})
ADD = Sql('INSERT INTO sale (id, sale_id, receipt, token, redeem_code, request_id, request_hash, business_date, number_in_day, token_seq, at, cashier, member_id, total_fen, due_fen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', ('id', 'sale_id', 'receipt', 'token', 'redeem_code', 'request_id', 'request_hash', 'business_date', 'number_in_day', 'token_seq', 'at', 'cashier', 'member_id', 'total_fen', 'due_fen'), {})
ADD_LINE = Sql('INSERT INTO sale_line (sale, n, code, quantity_milli, gross_fen, discount_fen) VALUES (?, ?, ?, ?, ?, ?)', ('sale', 'n', 'code', 'quantity_milli', 'gross_fen', 'discount_fen'), {})
ADD_TENDER = Sql('INSERT INTO tender (sale, n, kind, fen) VALUES (?, ?, ?, ?)', ('sale', 'n', 'kind', 'fen'), {})
ADD_PAST = Sql('INSERT INTO past_sale (id, receipt, request_id, request_hash, business_date, at_us, total_fen, body, member_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id', ('id', 'receipt', 'request_id', 'request_hash', 'business_date', 'at_us', 'total_fen', 'body', 'member_id'), {})
ADD_PAST_LINE = Sql('INSERT INTO past_line (sale, n, code, quantity_milli, net_fen) VALUES (?, ?, ?, ?, ?)', ('sale', 'n', 'code', 'quantity_milli', 'net_fen'), {})
COUNT_IN = Sql('INSERT INTO day (business_date, last_number, sales, total_fen) VALUES (?, ?, ?, ?) ON CONFLICT (business_date) DO UPDATE SET last_number = excluded.last_number, sales = (day.sales + ?), total_fen = (day.total_fen + excluded.total_fen)', ('business_date', 'last_number', 'sales', 'total_fen', 'sales_1'), {'sales_1': 1})
COUNT_IN_PAST = Sql('INSERT INTO day (business_date, last_number, sales, total_fen) VALUES (?, ?, ?, ?) ON CONFLICT (business_date) DO UPDATE SET sales = (day.sales + ?), total_fen = (day.total_fen + excluded.total_fen)', ('business_date', 'last_number', 'sales', 'total_fen', 'sales_1'), {'sales_1': 1})
LAST_NUMBER = Sql('SELECT day.last_number FROM day WHERE day.business_date = ?', ('date',), {})
DAY = Sql('SELECT day.sales, day.total_fen FROM day WHERE day.business_date = ?', ('date',), {})
HAS_BOUGHT = Sql('SELECT sale.id FROM sale WHERE sale.member_id = ? AND sale.member_id IS NOT NULL LIMIT ? OFFSET ?', ('member_id', 'param_1', 'param_2'), {'param_1': 1, 'param_2': 0})
HAS_BOUGHT_BEFORE = Sql('SELECT past_sale.id FROM past_sale WHERE past_sale.member_id = ? AND past_sale.member_id IS NOT NULL LIMIT ? OFFSET ?', ('member_id', 'param_1', 'param_2'), {'param_1': 1, 'param_2': 0})
LAST_TOKEN_SEQ = Sql('SELECT sale.token_seq FROM sale ORDER BY sale.id DESC LIMIT ? OFFSET ?', ('param_1', 'param_2'), {'param_1': 1, 'param_2': 0})
FLOOR = Sql('SELECT number_floor.token_seq, number_floor.number_in_day, number_floor.until_date FROM number_floor', (), {})
RAISE_FLOOR = Sql('INSERT INTO number_floor (id, token_seq, number_in_day, until_date) SELECT 1, coalesce((SELECT max(token_seq) FROM sale), 0) + ?, coalesce((SELECT max(number_in_day) FROM sale), 0) + ?, ? WHERE true ON CONFLICT (id) DO UPDATE SET token_seq = max(token_seq, excluded.token_seq) + ?, number_in_day = max(number_in_day, excluded.number_in_day) + ?, until_date = excluded.until_date', ('tokens', 'numbers', 'until', 'tokens', 'numbers'), {})
BY_RECEIPT = Sql('SELECT journal.body FROM journal JOIN sale ON sale.id = journal.place WHERE sale.receipt = ?', ('receipt',), {})
BY_TOKEN = Sql('SELECT journal.body FROM journal JOIN sale ON sale.id = journal.place WHERE sale.token = ?', ('token',), {})
BY_REDEEM_CODE = Sql("SELECT journal.body FROM journal JOIN sale ON sale.id = journal.place WHERE sale.redeem_code = ? AND sale.redeem_code != ''", ('code',), {})
BY_REQUEST = Sql('SELECT journal.body, sale.request_hash FROM journal JOIN sale ON sale.id = journal.place WHERE sale.request_id = ?', ('request_id',), {})
RECENT = Sql('SELECT journal.body FROM journal JOIN sale ON sale.id = journal.place ORDER BY sale.id DESC LIMIT ? OFFSET ?', ('most', 'param_1'), {'param_1': 0})
EVERY = Sql('SELECT journal.body FROM journal JOIN sale ON sale.id = journal.place ORDER BY sale.id', (), {})
SINCE = Sql('SELECT journal.body FROM journal JOIN sale ON sale.id = journal.place WHERE sale.business_date >= ? ORDER BY sale.id', ('date',), {})
PAST_BY_RECEIPT = Sql('SELECT past_sale.body FROM past_sale WHERE past_sale.receipt = ?', ('receipt',), {})
PAST_BY_REQUEST = Sql('SELECT past_sale.body, past_sale.request_hash FROM past_sale WHERE past_sale.request_id = ?', ('request_id',), {})
EVERY_PAST = Sql('SELECT past_sale.body FROM past_sale ORDER BY past_sale.at_us, past_sale.id', (), {})
PAST_SINCE = Sql('SELECT past_sale.body FROM past_sale WHERE past_sale.business_date >= ? ORDER BY past_sale.at_us, past_sale.id', ('date',), {})
COPIES = Sql('SELECT reprint.copies FROM reprint WHERE reprint.receipt = ?', ('receipt',), {})
COUNT_COPY = Sql('INSERT INTO reprint (receipt, copies) VALUES (?, ?) ON CONFLICT (receipt) DO UPDATE SET copies = (reprint.copies + ?) RETURNING copies', ('receipt', 'copies', 'copies_1'), {'copies_1': 1})
