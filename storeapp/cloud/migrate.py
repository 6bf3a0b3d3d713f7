"""Migrating: a database is brought to this program's schema before anything else is asked of it."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, OperationalError

from storeapp.cloud.database import DatabaseBusy
from storeapp.errors import Refused

VERSION_TABLE = "storeapp_cloud_version"
ATTEMPTS = 5


@dataclass(eq=False)
class NewerSchema(Refused):
    """The database was brought up to date by a newer program."""

    word = "newer_schema"
    found: str


def config() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return settings


def is_begun(engine: sa.Engine) -> bool:
    """Whether a cloud was ever made in this database."""
    with engine.connect() as connection:
        return _version(connection) is not None


def upgrade(engine: sa.Engine) -> None:
    """Runs the migrations that are missing, in one transaction. Raises NewerSchema or DatabaseBusy."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with engine.begin() as connection:
                _upgrade_on(connection)
            return
        except DBAPIError as error:
            # another process may be making the very same tables; once it is through there is nothing left to do
            if attempt == ATTEMPTS:
                if isinstance(error, OperationalError):
                    raise DatabaseBusy(ATTEMPTS) from error
                raise
            time.sleep(random.random() * 0.3 * attempt)


def _upgrade_on(connection: sa.Connection) -> None:
    settings = config()
    script = ScriptDirectory.from_config(settings)
    found = _version(connection)
    if found == script.get_current_head():
        return
    if found is not None:
        try:
            script.get_revision(found)
        except CommandError as error:
            raise NewerSchema(found) from error
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()
