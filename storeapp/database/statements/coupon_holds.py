"""Statements: those of `tables/coupon_holds.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

PUT = Sql('INSERT INTO coupon_hold (code, holder, until, coupon_id, txn_id, sale_id) VALUES (?, ?, ?, ?, ?, ?)', ('code', 'holder', 'until', 'coupon_id', 'txn_id', 'sale_id'), {})
OF_CODE = Sql('SELECT coupon_hold.code, coupon_hold.holder, coupon_hold.until, coupon_hold.coupon_id, coupon_hold.txn_id, coupon_hold.sale_id FROM coupon_hold WHERE coupon_hold.code = ?', ('code',), {})
OF_HOLDER = Sql('SELECT coupon_hold.code, coupon_hold.holder, coupon_hold.until, coupon_hold.coupon_id, coupon_hold.txn_id, coupon_hold.sale_id FROM coupon_hold WHERE coupon_hold.holder = ? ORDER BY coupon_hold.code', ('holder',), {})
EVERY = Sql('SELECT coupon_hold.code, coupon_hold.holder, coupon_hold.until, coupon_hold.coupon_id, coupon_hold.txn_id, coupon_hold.sale_id FROM coupon_hold ORDER BY coupon_hold.code', (), {})
DROP = Sql('DELETE FROM coupon_hold WHERE coupon_hold.code = ?', ('code',), {})
