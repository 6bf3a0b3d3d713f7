"""Search words of products: beginnings as rows, fragments of three and more in a trigram index, shorter ones in grams.

The indexes only narrow down; `domain.search` decides what matches. Neither keeps a copy of the text (contentless).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, bindparam, select, text

from storeapp.database.schema import metadata
from storeapp.database.work import Sql, Work
from storeapp.domain.search import FRAGMENT_LEAST, Findable

MOST_CANDIDATES = 200
END = "\U0010ffff"

product_word = Table(
    "product_word",
    metadata,
    Column("word", Text, primary_key=True),
    Column("product", Integer, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index("product_word_product", product_word.c.product)

VIRTUAL_TABLES = (
    "CREATE VIRTUAL TABLE product_text USING fts5(words, tokenize='trigram', content='', contentless_delete=1)",
    "CREATE VIRTUAL TABLE product_gram USING fts5"
    "(grams, tokenize='ascii', detail=none, content='', contentless_delete=1)",
)

STARTING = Sql(
    select(product_word.c.product)
    .distinct()
    .where(product_word.c.word >= bindparam("word"), product_word.c.word < bindparam("end"))
    .limit(bindparam("most"))
)
IN_TEXT = Sql(text("SELECT rowid FROM product_text WHERE product_text MATCH :fragments LIMIT :most"))
IN_GRAMS = Sql(text("SELECT rowid FROM product_gram WHERE product_gram MATCH :grams LIMIT :most"))
IN_BOTH = Sql(
    text(
        "SELECT rowid FROM product_text WHERE product_text MATCH :fragments"
        " AND rowid IN (SELECT rowid FROM product_gram WHERE product_gram MATCH :grams) LIMIT :most"
    )
)
ADD_TEXT = Sql(text("INSERT INTO product_text (rowid, words) VALUES (:product, :words)"))
ADD_GRAMS = Sql(text("INSERT INTO product_gram (rowid, grams) VALUES (:product, :grams)"))
DROP_TEXT = Sql(text("DELETE FROM product_text WHERE rowid = :product"))
DROP_GRAMS = Sql(text("DELETE FROM product_gram WHERE rowid = :product"))


def text_of(thing: Findable) -> str:
    """Everything fragments are looked for in, a line each, so that none runs across two of them."""
    return "\n".join((*thing.beginnings, *thing.codes))


def grams_of(thing: Findable) -> str:
    """One and two letters from anywhere in the name and the initials, or from the beginning of the rest."""
    grams: set[str] = set()
    for whole in (thing.name, *(spelling.initials for spelling in thing.spellings)):
        grams.update(whole)
        grams.update(whole[at : at + 2] for at in range(len(whole) - 1))
    for whole in (*thing.codes, *(spelling.full for spelling in thing.spellings)):
        grams |= {whole[:1], whole[:2]}
    return " ".join(_token(gram) for gram in grams)


def _token(gram: str) -> str:
    # letters as numbers: the tokenizer would split at signs
    return "x".join(f"{ord(char):x}" for char in gram)


def candidates(work: Work, typed: Sequence[str], *, limit: int) -> list[int]:
    """Rows of products that may match, the likely ones first."""
    most = max(MOST_CANDIDATES, limit)
    found: dict[int, None] = {}
    if len(typed) == 1:
        rows = work.all(STARTING, word=typed[0], end=typed[0] + END, most=most)
        found.update(dict.fromkeys(row[0] for row in rows))
    if len(found) < most:
        found.update(dict.fromkeys(_anywhere(work, typed, most)))
    return list(found)


def _anywhere(work: Work, typed: Sequence[str], most: int) -> Iterable[int]:
    fragments = " AND ".join(_quoted(word) for word in typed if len(word) >= FRAGMENT_LEAST)
    grams = " AND ".join(_quoted(_token(word)) for word in typed if len(word) < FRAGMENT_LEAST)
    if fragments and grams:
        rows = work.all(IN_BOTH, fragments=fragments, grams=grams, most=most)
    elif fragments:
        rows = work.all(IN_TEXT, fragments=fragments, most=most)
    else:
        rows = work.all(IN_GRAMS, grams=grams, most=most)
    return (row[0] for row in rows)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
