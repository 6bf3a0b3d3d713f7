"""Statements: those of `tables/vouchers.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

EMPTY = Sql("''", (), {})
TAKE = Sql("INSERT INTO voucher (number, receipt) VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET receipt = excluded.receipt WHERE voucher.receipt = '' RETURNING number", ('number', 'receipt'), {})
RECEIPT_OF = Sql('SELECT voucher.receipt FROM voucher WHERE voucher.number = ?', ('number',), {})
GIVE_BACK = Sql("UPDATE voucher SET receipt='' WHERE voucher.number = ? AND voucher.receipt = ?", ('its_number', 'its_receipt'), {})
