"""Health: is this the file, is it ours, is it whole? Asked before the first line is rung up."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import shutil
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from storeapp.database import backup as backups
from storeapp.database.connection import FILE, DatabaseDamaged, connect, meaning
from storeapp.database.migrate import check_version
from storeapp.errors import Unavailable

KEY_CHECK = "key.check"
SMALL_BYTES = 24 * 1024 * 1024
"""Up to this size the whole file is read at every start (a tenth of a second); beyond, only after a crash.

A damaged page cannot pass for a good one either way: each carries a keyed checksum that is tested whenever it is read.
"""


@dataclass(eq=False)
class WrongKey(Unavailable):
    """The keystore `kind` holds a key, but not the one this file was written with."""

    kind: str
    word = "wrong_key"


def note_key(folder: Path, key: bytes) -> None:
    """Writes down by what the key is known again. It tells nothing about the key."""
    (folder / KEY_CHECK).write_text(_fingerprint(key), "ascii")


def check_key(folder: Path, key: bytes, kind: str) -> None:
    """Raises WrongKey: else a wrong key could not be told from a damaged file."""
    with contextlib.suppress(FileNotFoundError):
        known = (folder / KEY_CHECK).read_bytes().strip() == _fingerprint(key).encode("ascii")
        # the note may be what was damaged: a key that opens the file is the right one
        if not known and not _opens(folder / FILE, key):
            raise WrongKey(kind)


def check_health(folder: Path, path: Path, key: bytes) -> int:
    """The version of the file at `path`; raises DatabaseDamaged with what to do next, or NewerDatabase."""
    log = path.with_name(path.name + "-wal")
    was_killed = log.exists() and log.stat().st_size > 0
    try:
        if path.stat().st_size == 0:
            # SQLite would take it for a new file and throw the log away
            raise sqlcipher.DatabaseError("file is empty, not a database")
        connection = connect(path, key, is_writer=True)
        try:
            version = check_version(connection)
            fault = _fault(connection, is_thorough=was_killed or path.stat().st_size <= SMALL_BYTES)
        finally:
            connection.close()
    except sqlcipher.DatabaseError as error:
        known = meaning(error, path)
        if known is not None and not isinstance(known, DatabaseDamaged):
            raise known from error
        fault, version = str(error), 0
    if fault is not None:
        good = backups.newest_good(folder, key)
        raise DatabaseDamaged(str(path), str(_put_aside(folder, path)), "" if good is None else str(good))
    return version


def _opens(path: Path, key: bytes) -> bool:
    if not path.is_file() or path.stat().st_size == 0:
        return False
    try:
        with contextlib.closing(connect(path, key, is_writer=False)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlcipher.DatabaseError:
        return False
    return True


def _fault(connection: sqlcipher.Connection, *, is_thorough: bool) -> str | None:
    question = "PRAGMA quick_check(1)" if is_thorough else "SELECT 'ok' FROM sqlite_schema LIMIT 1"
    row = connection.execute(question).fetchone()
    return None if row is not None and row[0] == "ok" else "empty" if row is None else str(row[0])


def _put_aside(folder: Path, path: Path) -> Path:
    """A copy of the damaged file with its log, for whoever tries to save what is in it."""
    state = path.stat()
    name = hashlib.sha256(f"{state.st_mtime_ns}/{state.st_size}".encode()).hexdigest()[:12]
    aside = folder / "damaged" / name
    if not aside.exists():
        aside.mkdir(mode=0o700, parents=True)
        for each in folder.glob(path.name + "*"):
            shutil.copy2(each, aside / each.name)
    return aside / path.name


def _fingerprint(key: bytes) -> str:
    return hmac.new(key, b"storeapp/key-check", hashlib.sha256).hexdigest()[:16]
