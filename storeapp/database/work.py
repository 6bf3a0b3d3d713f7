"""Work: the statements of `tables/`, compiled beforehand, run on the driver's own connection.

SQLAlchemy's execution costs 12 to 27 microseconds a statement, the driver's 2, and seventeen statements make a sale;
importing it costs more than the rest of the start. So Core writes the SQL and the driver runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from storeapp.errors import StoreappError

Row = tuple[Any, ...]

STEPS_A_PAUSE = 2_000
"""Of SQLite's own machine, which does some ten million a second."""


class Sql:
    """One statement for the driver: its text, and the names of its parameters in the order the text wants them.

    `fixed` are parameters whose values never change.
    """

    __slots__ = ("row", "text")

    def __init__(self, text: str, names: tuple[str, ...] = (), fixed: dict[str, Any] | None = None) -> None:
        self.text = text
        self.row = _picker(names, fixed or {})


def _picker(names: tuple[str, ...], fixed: dict[str, Any]) -> Callable[[dict[str, Any]], Row]:
    """Takes the values a statement wants out of those given by name."""
    if not names:
        return lambda given: ()
    pick: Callable[[dict[str, Any]], Row] = itemgetter(*names)
    if len(names) == 1:
        [name] = names
        pick = lambda given: (given[name],)  # noqa: E731  # itemgetter of one name makes no tuple
    return (lambda given: pick(fixed | given)) if fixed else pick


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

    @contextmanager
    def pausing(self, pause: Callable[[], None]) -> Iterator[None]:
        """Within the block even one long statement calls `pause` all the time, and ends with what that refuses."""
        raised: list[StoreappError] = []

        def step() -> bool:
            try:
                pause()
            except StoreappError as error:  # SQLite knows nothing of it: kept here, raised below
                raised.append(error)
            return bool(raised)

        self._connection.set_progress_handler(step, STEPS_A_PAUSE)
        try:
            yield
        except Exception:
            if raised:
                raise raised[0] from None
            raise
        finally:
            self._connection.set_progress_handler(None, 0)
