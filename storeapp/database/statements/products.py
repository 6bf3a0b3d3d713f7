"""Statements: those of `tables/products.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
# ruff: noqa: E501
from storeapp.database.work import Sql

BY_CODE = Sql('SELECT product.id, product.code, product.name, product.price_fen, product.unit, product.category, product.barcodes, product.member_price_fen, product.cost_fen, product.stock_milli, product.weighed, product.image, product.brand FROM product JOIN product_code ON product_code.product = product.id WHERE product_code.code = ?', ('code',), {})
AMONG = Sql('SELECT product.id, product.code, product.name, product.price_fen, product.unit, product.category, product.barcodes, product.member_price_fen, product.cost_fen, product.stock_milli, product.weighed, product.image, product.brand, product.spellings FROM product WHERE product.id IN (SELECT anon_1.value FROM json_each(?) AS anon_1)', ('among',), {})
KNOWN = Sql('SELECT product.id, product.code, product.name, product.price_fen, product.unit, product.category, product.barcodes, product.member_price_fen, product.cost_fen, product.stock_milli, product.weighed, product.image, product.brand, product.stock_at FROM product WHERE product.code IN (SELECT anon_1.value FROM json_each(?) AS anon_1)', ('among',), {})
OWNERS = Sql('SELECT product_code.code, product.code AS code_1 FROM product_code JOIN product ON product.id = product_code.product WHERE product_code.code IN (SELECT anon_1.value FROM json_each(?) AS anon_1)', ('among',), {})
EVERY = Sql('SELECT product.id, product.code, product.name, product.price_fen, product.unit, product.category, product.barcodes, product.member_price_fen, product.cost_fen, product.stock_milli, product.weighed, product.image, product.brand FROM product ORDER BY product.code', (), {})
COUNT = Sql('SELECT count(*) AS count_1 FROM product', (), {})
LAST_ID = Sql('SELECT max(product.id) AS max_1 FROM product', (), {})
PUT = Sql('INSERT INTO product (id, code, name, price_fen, unit, category, barcodes, member_price_fen, cost_fen, stock_milli, stock_at, weighed, image, spellings, brand) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name, price_fen = excluded.price_fen, unit = excluded.unit, category = excluded.category, barcodes = excluded.barcodes, member_price_fen = excluded.member_price_fen, cost_fen = excluded.cost_fen, stock_milli = excluded.stock_milli, stock_at = excluded.stock_at, weighed = excluded.weighed, image = excluded.image, spellings = excluded.spellings, brand = excluded.brand', ('id', 'code', 'name', 'price_fen', 'unit', 'category', 'barcodes', 'member_price_fen', 'cost_fen', 'stock_milli', 'stock_at', 'weighed', 'image', 'spellings', 'brand'), {})
PUT_CODE = Sql('INSERT INTO product_code (code, product) VALUES (?, ?)', ('code', 'product'), {})
DROP_CODES = Sql('DELETE FROM product_code WHERE product_code.product = ?', ('product',), {})
DROP = Sql('DELETE FROM product WHERE product.id = ?', ('product',), {})
QUICK_KEYS = Sql('SELECT quick_key.tab, quick_key.place, quick_key.product, product.id, product.code, product.name, product.price_fen, product.unit, product.category, product.barcodes, product.member_price_fen, product.cost_fen, product.stock_milli, product.weighed, product.image, product.brand FROM quick_key JOIN product ON product.code = quick_key.product ORDER BY quick_key.tab, quick_key.place', (), {})
PUT_QUICK_KEY = Sql('INSERT INTO quick_key (tab, place, product) VALUES (?, ?, ?)', ('tab', 'place', 'product'), {})
DROP_QUICK_KEYS = Sql('DELETE FROM quick_key', (), {})
