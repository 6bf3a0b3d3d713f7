"""Compiling: a Core statement as the driver takes it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql import Select
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

from storeapp.database.work import Sql


class _Compiler(SQLiteCompiler):
    """Writes how many rows are wanted into the text.

    SQLite plans by that number, so it prepares a statement anew whenever it is bound: 15 microseconds each time.
    """

    def limit_clause(self, select: Select[Any], **kw: Any) -> str:
        limit = select._limit_clause
        is_fixed = limit is not None and getattr(limit, "value", None) is not None
        text = "" if limit is None else f" LIMIT {self.process(limit, **kw | {'literal_binds': is_fixed})}"
        offset = select._offset_clause
        return text if offset is None else f"{text} OFFSET {self.process(offset, **kw)}"


class _Dialect(SQLiteDialect_pysqlite):
    statement_compiler = _Compiler
    supports_statement_cache = True


def parts(statement: ClauseElement) -> tuple[str, tuple[str, ...], dict[str, object]]:
    """The text of `statement`, the names of its parameters in order, and those that are always the same."""
    compiled = statement.compile(dialect=_Dialect(paramstyle="qmark"))
    assert isinstance(compiled, SQLCompiler)
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    return str(compiled), tuple(compiled.positiontup or ()), fixed


def compiled(statement: ClauseElement) -> Sql:
    """A statement that is not hot enough to be written down beforehand."""
    return Sql(*parts(statement))
