"""Search indexes: beginnings as rows in order, fragments as grams of one, two and three letters in FTS5."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, bindparam, delete, insert, select, text
from sqlalchemy.sql.elements import ClauseElement

from storeapp.database.tables.schema import metadata

OPTIONS = {"member": ", columnsize=0", "product": ", content='', contentless_delete=1"}


def virtual_table(owner: str) -> str:
    """How the FTS5 table of `owner` is made."""
    return f"CREATE VIRTUAL TABLE {owner}_gram USING fts5(grams, tokenize='ascii', detail=none{OPTIONS[owner]})"


def _words(owner: str) -> Table:
    table = Table(
        f"{owner}_word",
        metadata,
        Column("word", Text, primary_key=True),
        Column("row", Integer, ForeignKey(f"{owner}.id"), primary_key=True, autoincrement=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    Index(f"{owner}_word_row", table.c.row)
    return table


def _statements(owner: str) -> tuple[ClauseElement, ...]:
    table, grams = _words(owner), f"{owner}_gram"
    column = table.c
    starting = (
        select(column.row)
        .where(column.word >= bindparam("word"), column.word < bindparam("end"))
        .limit(bindparam("most"))
    )
    return (
        insert(table),
        text(f"INSERT INTO {grams} (rowid, grams) VALUES (:row, :grams)"),
        delete(table).where(column.row == bindparam("owner")),
        text(f"DELETE FROM {grams} WHERE rowid = :owner"),
        starting,
        select(column.row).where(column.word == bindparam("word")).limit(bindparam("most")),
        text(f"SELECT rowid FROM {grams} WHERE {grams} MATCH :grams LIMIT :most"),
    )


(
    MEMBER_ADD_WORD, MEMBER_ADD_GRAMS, MEMBER_DROP_WORDS, MEMBER_DROP_GRAMS, MEMBER_STARTING, MEMBER_CALLED,
    MEMBER_HOLDING,
) = _statements("member")  # fmt: skip
(
    PRODUCT_ADD_WORD, PRODUCT_ADD_GRAMS, PRODUCT_DROP_WORDS, PRODUCT_DROP_GRAMS, PRODUCT_STARTING, PRODUCT_CALLED,
    PRODUCT_HOLDING,
) = _statements("product")  # fmt: skip
