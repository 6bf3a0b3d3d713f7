"""The database: one way in and out of it, for SQLite and PostgreSQL alike.

Every transaction is a function of a connection and is run again when the database says so; so it may do nothing but
talk to that connection. A transaction belongs to one tenant, or to none while the directory is asked.
"""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from storeapp.errors import Unavailable

LOG = logging.getLogger(__name__)
T = TypeVar("T")

ATTEMPTS = 6
BUSY_TIMEOUT_MS = 10_000
_AGAIN = {"40001", "40P01", "55P03"}
_LOST = ("08", "57")


@dataclass(eq=False)
class DatabaseBusy(Unavailable):
    """The database did not let a transaction through; nothing of it was kept."""

    word = "database_unavailable"
    attempts: int


@dataclass(eq=False)
class DatabaseDamaged(Unavailable):
    """The cloud's own file is not what was written: `fault`."""

    word = "cloud_damaged"
    fault: str


class Database:
    """Transactions on one engine."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def read(self, tenant_id: str | None, work: Callable[[sa.Connection], T]) -> T:
        """What `work` answers from one transaction that changes nothing."""
        return self._attempt(tenant_id, work, writes=False)

    def write(self, tenant_id: str | None, work: Callable[[sa.Connection], T]) -> T:
        """What `work` answers once everything it did is durable; it may be run more than once."""
        return self._attempt(tenant_id, work, writes=True)

    def _attempt(self, tenant_id: str | None, work: Callable[[sa.Connection], T], *, writes: bool) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self.engine.connect() as plain:
                    connection = plain.execution_options(storeapp_writes=writes)
                    with connection.begin():
                        self._admit(connection, tenant_id, writes=writes)
                        return work(connection)
            except DBAPIError as error:
                if not may_work_again(error):
                    raise (damage(error) or error) from error.__cause__
                LOG.info("a transaction is run again: %s", type(error.orig).__name__)
                # full jitter, so that two that met do not meet again
                time.sleep(random.random() * 0.02 * 2**attempt)
        raise DatabaseBusy(ATTEMPTS)

    def _admit(self, connection: sa.Connection, tenant_id: str | None, *, writes: bool) -> None:
        if connection.dialect.name != "postgresql":
            return
        settings = []
        if tenant_id is not None:
            # the second wall: row level security lets only this tenant's rows through until the transaction ends
            settings.append(sa.func.set_config("app.tenant", tenant_id, True))
        if writes:
            # however the server is set up: what is answered is on its disk
            settings.append(sa.func.set_config("synchronous_commit", "on", True))
        if settings:
            connection.execute(sa.select(*settings))

    def close(self) -> None:
        self.engine.dispose()


def may_work_again(error: DBAPIError) -> bool:
    """Whether the same transaction can succeed when it is simply run again."""
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(error, IntegrityError):
        # two transactions made the same row at once: the second run finds it there
        return state in (None, "23505")
    if state is not None:
        return state in _AGAIN or state.startswith(_LOST)
    if isinstance(error, OperationalError):
        said = str(error.orig)
        return "locked" in said or "busy" in said or "connection" in said
    return False


def damage(error: DBAPIError) -> DatabaseDamaged | None:
    """What is wrong with the file, if it is that and no fault of ours."""
    said = str(error.orig)
    return DatabaseDamaged(said) if "malformed" in said or "not a database" in said else None


def insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Inserts the rows, which all have the same keys."""
    _insert(connection, table, rows, leaves_out=False)


def insert_new(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Inserts the rows that break no unique key, and leaves out the others in silence."""
    _insert(connection, table, rows, leaves_out=True)


def _insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]], *, leaves_out: bool) -> None:
    if not rows:
        return
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql and len(rows) > 1:
        _insert_columns(connection, table, rows, leaves_out=leaves_out)
    elif not leaves_out:
        connection.execute(sa.insert(table), rows)
    elif is_postgresql:
        connection.execute(postgresql.insert(table).on_conflict_do_nothing(), rows)
    else:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), rows)


def _insert_columns(
    connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]], *, leaves_out: bool
) -> None:
    """One statement for any number of rows, a column an array: several times as fast as a row a statement."""
    values: dict[str, Any] = {name: [row[name] for row in rows] for name in rows[0]}
    # what is the same in every row, as the tenant is, goes over once
    same = {name for name, column in values.items() if all(value == column[0] for value in column)}
    varied = [name for name in values if name not in same]
    if not varied:
        varied = [list(values)[-1]]
        same -= set(varied)
    types = {name: table.c[name].type.compile(connection.dialect) for name in values}
    picked = ", ".join(f"CAST(:{name} AS {types[name]})" if name in same else f"u.{name}" for name in values)
    arrays = ", ".join(f"CAST(:{name} AS {types[name]}[])" for name in varied)
    conflict = " ON CONFLICT DO NOTHING" if leaves_out else ""
    connection.execute(
        sa.text(
            f"INSERT INTO {table.name} ({', '.join(values)}) "
            f"SELECT {picked} FROM unnest({arrays}) AS u({', '.join(varied)}){conflict}"
        ),
        {name: column[0] if name in same else column for name, column in values.items()},
    )


def sqlite_engine(file: Path) -> sa.Engine:
    """An engine on a file, which is made if need be: WAL, and every commit on the disk before it is answered."""
    # the one bundled here is newer than most systems' own, which can lose a WAL
    import sqlcipher3.dbapi2 as module

    if not file.exists():
        file.touch(0o600)
    # values stay out of error messages: some of them are about people
    engine = sa.create_engine(
        f"sqlite:///{file}", module=module, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # pysqlite would begin transactions by itself, and too late
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("storeapp_writes", True)
        # a reader that turns writer later could not wait for another writer
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def engine_for(url: str) -> sa.Engine:
    """An engine for a database's address: `sqlite:///FILE` or `postgresql+psycopg://...`."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return sqlite_engine(Path(parsed.database or ""))
    return sa.create_engine(
        parsed,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        connect_args={"connect_timeout": 5},
    )
