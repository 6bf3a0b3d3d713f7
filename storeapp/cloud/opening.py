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

SECRET_VARIABLE = "STOREAPP_SECRET"
SECRET_FILE = "secret.key"
DATABASE_FILE = "cloud.db"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cloud's data is: the secret in the folder `data`, and without `database` an SQLite file beside it."""

    data: Path
    database: str = ""

    @property
    def url(self) -> str:
        return self.database or f"sqlite:///{self.data / DATABASE_FILE}"


def default_folder() -> Path:
    return Path(platformdirs.user_data_dir("storeapp", appauthor=False)) / "cloud"


def open_cloud(place: Place, *, clock: Clock = system_clock, public_url: str = "", gates: Gates | None = None) -> Cloud:
    """The cloud at `place`, made if there is none; raises BadSecret or migrate.NewerSchema."""
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
