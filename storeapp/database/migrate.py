"""Migrations: a file of an older version becomes one of this version, in one transaction, after a backup.

The version is asked for at every start, so it stands in `user_version`; alembic is only loaded when there is work.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storeapp.database.connection import connect
from storeapp.errors import Broken, Refused

VERSION = 32
"""`PRAGMA user_version` of a file this code reads and writes; the newest migration's number."""


@dataclass(eq=False)
class NewerDatabase(Refused):
    """The file was written by a newer storeapp (`found`); this one reads up to `known`. It was not touched."""

    found: int
    known: int
    word = "newer_database"


@dataclass(eq=False)
class MigrationFailed(Broken):
    """After migrating, `fault` was found; the file is as it was before."""

    fault: str
    word = "migration_failed"


def version_of(connection: Any) -> int:
    """The number of the newest migration the file has seen; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_version(connection: Any) -> int:
    """The file's version; raises NewerDatabase."""
    found = version_of(connection)
    if found > VERSION:
        raise NewerDatabase(found, VERSION)
    return found


def migrate(path: Path, key: bytes, *, backup: Callable[[], object] | None = None) -> None:
    """Brings the file at `path` to this version. `backup` runs first, if there is anything to lose."""
    # a quarter of a second, and only when the version changed
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    if backup is not None:
        backup()

    engine = create_engine("sqlite://", creator=lambda: connect(path, key, is_writer=True), poolclass=NullPool)
    # the driver opens no transaction of its own
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        # a table that is rebuilt would otherwise take its children with it; the check below stands in
        driver.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            _upgrade(connection)
            driver.execute(f"PRAGMA user_version = {VERSION}")
            _check(driver)


def _upgrade(connection: Any) -> None:
    # as heavy as SQLAlchemy itself
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _check(driver: Any) -> None:
    broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise MigrationFailed(f"foreign keys of {broken[0][0]}")
    [found, *_] = driver.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise MigrationFailed(str(found))
