"""Backups: whole, encrypted copies made while the shop sells. The last seven stay."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from storeapp.database.connection import connect, told
from storeapp.errors import Unavailable

KEPT = 7
PATTERN = "shop-*.db"
SPARE_BYTES = 512 * 1024 * 1024
"""What the day's own copy leaves to the shop: a full disk would stop it selling."""


@dataclass(eq=False)
class BackupBad(Unavailable):
    """The copy at `path` cannot be read back: `fault`."""

    path: str
    fault: str
    word = "backup_bad"


def backup_name(moment: datetime) -> str:
    """Sorts by age."""
    return f"shop-{moment:%Y%m%dT%H%M%S%f}.db"


def write_backup(source: Path, key: bytes, to: Path) -> Path:
    """Copies the file at `source` to `to` and reads the copy back before it bears that name."""
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = to.with_name(to.name + ".new")
    fresh.unlink(missing_ok=True)
    try:
        with told(to):
            connection = connect(source, key, is_writer=False)
            try:
                connection.execute("PRAGMA query_only = OFF")
                connection.execute("VACUUM INTO ?", (str(fresh),))
            finally:
                connection.close()
        fault = fault_in(fresh, key)
        if fault is not None:
            raise BackupBad(str(to), fault)
        to_disk(fresh)
        fresh.replace(to)
    finally:
        fresh.unlink(missing_ok=True)
    return to


def fault_in(path: Path, key: bytes) -> str | None:
    """What is wrong with the file at `path`, read from end to end; None if nothing is."""
    try:
        connection = connect(path, key, is_writer=False)
        try:
            [found, *_] = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found == "ok" and connection.execute("PRAGMA user_version").fetchone()[0] < 1:
                found = "empty"
        finally:
            connection.close()
    except sqlcipher.Error as error:
        return str(error)
    return None if found == "ok" else str(found)


def backups(folder: Path) -> list[Path]:
    """The shop's own backups, newest first."""
    return sorted((folder / "backups").glob(PATTERN), reverse=True)


def is_copied(folder: Path, day: date) -> bool:
    """Whether the shop has a copy of its own made that day or, where the clock was ahead, later."""
    made = backups(folder)
    return bool(made) and made[0].name >= f"shop-{day:%Y%m%d}"


def has_room(source: Path) -> bool:
    """Whether the disk takes another copy of `source` without being short of room for the shop itself."""
    return shutil.disk_usage(source.parent).free > source.stat().st_size + SPARE_BYTES


def prune(folder: Path) -> None:
    """Removes all but the newest, and what a power cut left half made; copies made elsewhere are left alone."""
    for old in backups(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    for half in (folder / "backups").glob(f"{PATTERN}.new"):
        half.unlink(missing_ok=True)


def newest_good(folder: Path, key: bytes) -> Path | None:
    """The newest backup that reads back whole."""
    return next(_good(folder, key), None)


def _good(folder: Path, key: bytes) -> Iterator[Path]:
    return (path for path in backups(folder) if fault_in(path, key) is None)


def to_disk(path: Path) -> None:
    """Returns when the file would survive a power cut."""
    handle: Any = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
