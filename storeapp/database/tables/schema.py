"""The schema: one catalogue of tables, and the words its columns are made of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, Integer, MetaData, Table, Text, bindparam, func, literal_column, select
from sqlalchemy.sql import Select
from sqlalchemy.sql.elements import ColumnElement

metadata = MetaData()
EMPTY: ColumnElement[str] = literal_column("''")
"""The empty text said as SQL: a partial index only serves a query that repeats its condition to the letter."""


def key(name: str = "id") -> Column[int]:
    """SQLite's own row number under a name of ours."""
    return Column(name, Integer, primary_key=True, autoincrement=False)


def only_row() -> Column[int]:
    """The key of a table that holds exactly one row."""
    return Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False)


def number(name: str, law: str = "", *, is_null: bool = False) -> Column[int]:
    """An integer that keeps a law such as `>= 0`."""
    laws = [CheckConstraint(f"{name} {law}")] if law else []
    return Column(name, Integer, *laws, nullable=is_null)


def flag(name: str) -> Column[int]:
    """Yes or no, as 1 or 0."""
    return number(name, "IN (0, 1)")


def words(name: str, *, of: tuple[str, ...] = (), is_null: bool = False) -> Column[str]:
    """A text; one of a closed set if `of` names it."""
    closed = ", ".join(f"'{word}'" for word in of)
    laws = [CheckConstraint(f"{name} IN ({closed})")] if of else []
    return Column(name, Text, *laws, nullable=is_null)


def among(name: str) -> Select[Any]:
    """A sub-select of the values in the JSON array bound to `name`: one statement text however many there are."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


device = Table("device", metadata, only_row(), words("data"), sqlite_strict=True)
"""Who this till is, as JSON: read whole, written whole."""
