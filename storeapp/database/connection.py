"""Connections to the encrypted file, and what its faults mean to a shop."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from storeapp.errors import Unavailable

FILE = "shop.db"
"""The one file of a shop, in its folder."""
BUSY_TIMEOUT_MS = 5_000
INDEX_BYTES = 64 * 1024
WRITING = (
    "PRAGMA journal_mode = WAL",
    # a sale is on the disk before the customer sees it: with NORMAL a power cut forgets the last ones
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # a checkpoint in the paying thread costs up to 30 ms; another connection does it
    "PRAGMA wal_autocheckpoint = 0",
    "PRAGMA secure_delete = FAST",
)
READING = ("PRAGMA query_only = ON",)
EVERY = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    # what SQLite spills to a file of its own would not be encrypted
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16000",
)


@dataclass(eq=False)
class DiskFull(Unavailable):
    """No room is left for the shop at `path`; nothing was half done."""

    path: str
    word = "disk_full"


@dataclass(eq=False)
class DiskFailed(Unavailable):
    """The disk under `path` does not do as told: `reason` is SQLite's word for it."""

    path: str
    reason: str
    word = "disk_failed"


@dataclass(eq=False)
class StorageBusy(Unavailable):
    """Something else held the file at `path` for too long."""

    path: str
    word = "storage_busy"


@dataclass(eq=False)
class DatabaseDamaged(Unavailable):
    """The file at `path` is not what was written. A `copy` was put aside; `backup` is the newest good one, if any."""

    path: str
    copy: str = ""
    backup: str = ""
    word = "database_damaged"


def connect(path: Path, key: bytes, *, is_writer: bool) -> Any:
    """A driver connection without transactions of its own. It may be closed from another thread."""
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    # or it prints thousands of lines about a damaged page
    connection.execute("PRAGMA cipher_log_level = NONE")
    # a raw key needs no derivation: opening takes no time
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        for pragma in (*EVERY, *(WRITING if is_writer else READING)):
            connection.execute(pragma)
    except sqlcipher.Error:
        connection.close()
        raise
    return connection


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns the driver's errors about the world into the shop's; a broken rule of the schema stays what it is."""
    try:
        yield
    except sqlcipher.Error as error:
        fault = meaning(error, path)
        if fault is None:
            raise
        raise fault from error


def meaning(error: BaseException, path: Path) -> Unavailable | None:
    """What the driver's error means; None if it is our own fault, or not the driver's."""
    if not isinstance(error, sqlcipher.DatabaseError) or isinstance(error, sqlcipher.IntegrityError):
        return None
    reason = str(error)
    # where nothing is left SQLite fails before it can say why: it has no room for the index of its log
    if "disk is full" in reason or ("disk I/O error" in reason and _is_full(path)):
        return DiskFull(str(path))
    if "malformed" in reason or "not a database" in reason:
        return DatabaseDamaged(str(path))
    if "disk I/O error" in reason or "unable to open" in reason or "readonly" in reason:
        return DiskFailed(str(path), reason)
    return StorageBusy(str(path)) if "locked" in reason else None


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < INDEX_BYTES
    except OSError:
        return False
