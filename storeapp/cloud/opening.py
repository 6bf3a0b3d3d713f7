"""Opening: a database brought up to date, its secret checked, and everything that stands on both."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from storeapp.cloud import migrate
from storeapp.cloud.clock import Clock, system_clock
from storeapp.cloud.database import Database, damage, engine_for
from storeapp.cloud.keys import BadSecret, Keys, root_from_file, root_from_text
from storeapp.cloud.pay.clients import makers
from storeapp.cloud.services import Cloud, Gates
from storeapp.cloud.tables.directory import directory_secret
from storeapp.cloud.tills import Tills
from storeapp.errors import Refused

SECRET_VARIABLE = "STOREAPP_SECRET"
SECRET_FILE = "secret.key"
DATABASE_FILE = "cloud.db"


@dataclass(eq=False)
class NoCloud(Refused):
    """There is no cloud at `path`: a folder, or a database."""

    word = "no_cloud"
    path: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cloud's data is: the secret in the folder `data`, and without `database` an SQLite file beside it."""

    data: Path
    database: str = ""

    @property
    def url(self) -> str:
        return self.database or f"sqlite:///{self.data / DATABASE_FILE}"

    @property
    def shown(self) -> str:
        """The place as people may read it: without a password."""
        return sa.make_url(self.database).render_as_string() if self.database else str(self.data)

    @property
    def file(self) -> Path | None:
        """The file of the database; None where it is no file."""
        url = sa.make_url(self.url)
        if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
            return None
        return Path(url.database)


def default_folder() -> Path:
    return Path(platformdirs.user_data_dir("storeapp", appauthor=False)) / "cloud"


def open_cloud(
    place: Place, *, clock: Clock = system_clock, public_url: str = "", gates: Gates | None = None, makes: bool = True
) -> Cloud:
    """The cloud at `place`, made if there is none and `makes`; raises NoCloud, BadSecret or migrate.NewerSchema."""
    if not makes and not _is_begun(place):
        raise NoCloud(place.shown)
    keys = Keys(_root(place))
    database = Database(engine_for(place.url))
    try:
        try:
            migrate.upgrade(database.engine)
        except DBAPIError as error:
            raise (damage(error) or error) from error.__cause__
        _check_secret(database, keys)
        return Cloud(database, keys, clock, Tills(database, keys), gates or Gates(), public_url, makers(clock))
    except BaseException:
        database.close()
        raise


def _is_begun(place: Place) -> bool:
    if (file := place.file) is not None and not file.is_file():
        return False
    engine = engine_for(place.url)
    try:
        return migrate.is_begun(engine)
    except DBAPIError:
        # something is there; opening it tells what is wrong
        return True
    finally:
        engine.dispose()


def _root(place: Place) -> bytes:
    place.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    told = os.environ.get(SECRET_VARIABLE, "")
    return root_from_text(told) if told else root_from_file(place.data / SECRET_FILE)


def _check_secret(database: Database, keys: Keys) -> None:
    """With another secret every token would be forged and nothing sealed would open: better not to begin."""

    def work(connection: sa.Connection) -> bytes:
        asked = sa.select(directory_secret.c.proof).where(directory_secret.c.name == "root")
        found = connection.execute(asked).scalar_one_or_none()
        if found is None:
            connection.execute(sa.insert(directory_secret), {"name": "root", "proof": keys.proof()})
            return keys.proof()
        return bytes(found)

    if database.write(None, work) != keys.proof():
        raise BadSecret("not the one this database was begun with")
