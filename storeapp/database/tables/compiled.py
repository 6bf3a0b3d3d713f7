"""Compiling: a Core statement as the driver takes it."""

from __future__ import annotations

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

from storeapp.database.work import Sql


def parts(statement: ClauseElement) -> tuple[str, tuple[str, ...], dict[str, object]]:
    """The text of `statement`, the names of its parameters in order, and those that are always the same."""
    compiled = statement.compile(dialect=SQLiteDialect_pysqlite(paramstyle="qmark"))
    assert isinstance(compiled, SQLCompiler)
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    return str(compiled), tuple(compiled.positiontup or ()), fixed


def compiled(statement: ClauseElement) -> Sql:
    """A statement that is not hot enough to be written down beforehand."""
    return Sql(*parts(statement))
