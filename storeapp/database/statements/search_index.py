"""Statements: those of `tables/search_index.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

MEMBER_ADD_WORD = Sql('INSERT INTO member_word (word, "row") VALUES (?, ?)', ('word', 'row'), {})
MEMBER_ADD_GRAMS = Sql('INSERT INTO member_gram (rowid, grams) VALUES (?, ?)', ('row', 'grams'), {})
MEMBER_DROP_WORDS = Sql('DELETE FROM member_word WHERE member_word."row" = ?', ('owner',), {})
MEMBER_DROP_GRAMS = Sql('DELETE FROM member_gram WHERE rowid = ?', ('owner',), {})
MEMBER_STARTING = Sql('SELECT member_word."row" FROM member_word WHERE member_word.word >= ? AND member_word.word < ? LIMIT ?', ('word', 'end', 'most'), {})
MEMBER_CALLED = Sql('SELECT member_word."row" FROM member_word WHERE member_word.word = ? LIMIT ?', ('word', 'most'), {})
MEMBER_HOLDING = Sql('SELECT rowid FROM member_gram WHERE member_gram MATCH ? LIMIT ?', ('grams', 'most'), {})
PRODUCT_ADD_WORD = Sql('INSERT INTO product_word (word, "row") VALUES (?, ?)', ('word', 'row'), {})
PRODUCT_ADD_GRAMS = Sql('INSERT INTO product_gram (rowid, grams) VALUES (?, ?)', ('row', 'grams'), {})
PRODUCT_DROP_WORDS = Sql('DELETE FROM product_word WHERE product_word."row" = ?', ('owner',), {})
PRODUCT_DROP_GRAMS = Sql('DELETE FROM product_gram WHERE rowid = ?', ('owner',), {})
PRODUCT_STARTING = Sql('SELECT product_word."row" FROM product_word WHERE product_word.word >= ? AND product_word.word < ? LIMIT ?', ('word', 'end', 'most'), {})
PRODUCT_CALLED = Sql('SELECT product_word."row" FROM product_word WHERE product_word.word = ? LIMIT ?', ('word', 'most'), {})
PRODUCT_HOLDING = Sql('SELECT rowid FROM product_gram WHERE product_gram MATCH ? LIMIT ?', ('grams', 'most'), {})
