"""Work: Core statements, compiled once, run on the driver's own connection.

SQLAlchemy's execution costs 12 to 27 microseconds a statement, the driver's 2: seventeen statements make a sale. So
Core writes the SQL and the driver runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql import Select
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

Row = tuple[Any, ...]
_DIALECT = SQLiteDialect_pysqlite(paramstyle="qmark")


class Sql:
    """One statement. Its parameters are the names of its bind parameters, or of the columns it fills.

    `text` and `row` (values by name, in the order the text wants them) are made when first asked for.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement

    @cached_property
    def text(self) -> str:
        return str(self._compiled)

    @cached_property
    def row(self) -> Callable[[dict[str, Any]], Row]:
        names = tuple(self._compiled.positiontup or ())
        fixed = {name: value for name, value in self._compiled.params.items() if value is not None}
        if not names:
            return lambda given: ()
        pick: Callable[[dict[str, Any]], Row] = itemgetter(*names)
        if len(names) == 1:
            [name] = names
            pick = lambda given: (given[name],)  # noqa: E731  # itemgetter of one name makes no tuple
        return (lambda given: pick(fixed | given)) if fixed else pick

    @cached_property
    def _compiled(self) -> SQLCompiler:
        compiled = self._statement.compile(dialect=_DIALECT)
        assert isinstance(compiled, SQLCompiler)
        return compiled


def among(name: str) -> Select[Any]:
    """A sub-select of the values in the JSON array bound to `name`: one statement text however many there are."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


class Work:
    """A connection inside a transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def run(self, sql: Sql, **values: Any) -> None:
        """Runs a statement that answers nothing."""
        self._connection.execute(sql.text, sql.row(values))

    def many(self, sql: Sql, rows: Sequence[dict[str, Any]]) -> None:
        """Runs a statement once for each row."""
        if rows:
            self._connection.executemany(sql.text, list(map(sql.row, rows)))

    def one(self, sql: Sql, **values: Any) -> Row | None:
        """The first row of the answer."""
        row: Row | None = self._connection.execute(sql.text, sql.row(values)).fetchone()
        return row

    def all(self, sql: Sql, **values: Any) -> list[Row]:
        """The whole answer."""
        rows: list[Row] = self._connection.execute(sql.text, sql.row(values)).fetchall()
        return rows

    def each(self, sql: Sql, **values: Any) -> Iterator[Row]:
        """The answer row by row, for what may be large."""
        rows: Iterable[Row] = self._connection.execute(sql.text, sql.row(values))
        yield from rows

    def count(self, sql: Sql, **values: Any) -> int:
        """The one number a statement answers; 0 for nothing."""
        row = self.one(sql, **values)
        return 0 if row is None or row[0] is None else int(row[0])
