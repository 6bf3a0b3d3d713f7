"""Restoring: a backup takes the file's place; what it replaces is kept aside.

A backup does not know what was printed after it. So the restored shop leaves a wide gap before the numbers it issues
next: no receipt number, no token, no shift and no Z is ever given out twice.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storeapp.database.backup import BackupBad, fault_in, to_disk
from storeapp.database.connection import FILE, connect, told
from storeapp.database.health import check_key
from storeapp.database.keystore import DATABASE_KEY, Keystore, key_of
from storeapp.database.lock import ShopLock
from storeapp.database.migrate import VERSION, check_version, migrate
from storeapp.database.sales import NUMBERS_SKIPPED, TOKENS_SKIPPED
from storeapp.database.statements.sales import RAISE_FLOOR
from storeapp.database.statements.shifts import SKIP_NUMBERS
from storeapp.database.work import Work
from storeapp.domain.shift import numbers_from

_SOLD_A_MINUTE = 10
"""No till sells more for long."""


def restore(folder: Path, backup_file: Path, keystore: Keystore) -> None:
    """Puts `backup_file` in the place of the shop's file in `folder`; the replaced one goes to `folder/replaced`.

    Raises ShopInUse, KeyMissing, WrongKey, BackupBad or NewerDatabase, and then nothing changed.
    """
    lock = ShopLock(folder)
    try:
        key = key_of(keystore, DATABASE_KEY)
        check_key(folder, key, keystore.kind)
        fault = fault_in(backup_file, key)
        if fault is not None:
            raise BackupBad(str(backup_file), fault)
        fresh = folder / (FILE + ".restoring")
        with told(folder / FILE):
            _prepare(backup_file, fresh, key)
        _put_aside(folder)
        fresh.replace(folder / FILE)
    finally:
        lock.release()


def _prepare(backup_file: Path, fresh: Path, key: bytes) -> None:
    fresh.unlink(missing_ok=True)
    shutil.copyfile(backup_file, fresh)
    # a till east of here may be a day ahead
    now = datetime.now(UTC)
    until = (now + timedelta(days=1)).date().isoformat()
    with closing(connect(fresh, key, is_writer=True)) as connection:
        is_old = check_version(connection) < VERSION
    if is_old:
        # only a file of this version can remember that its numbers jumped
        migrate(fresh, key)
    with closing(connect(fresh, key, is_writer=True)) as connection:
        work = Work(connection)
        # the very same backup may be restored again: by then the clock has gone on further than any till can sell
        first = {"first_token": 60 * numbers_from(now), "first_number": NUMBERS_SKIPPED + _SOLD_A_MINUTE * _minute(now)}
        work.run(RAISE_FLOOR, tokens=TOKENS_SKIPPED, numbers=NUMBERS_SKIPPED, until=until, **first)
        work.run(SKIP_NUMBERS, first=numbers_from(now))
    to_disk(fresh)


def _minute(now: datetime) -> int:
    """Of its day."""
    return 60 * now.hour + now.minute


def _put_aside(folder: Path) -> None:
    present = sorted(folder.glob(FILE + "*"))
    kept = [path for path in present if path.name in (FILE, FILE + "-wal", FILE + "-shm")]
    if not kept:
        return
    aside = folder / "replaced" / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside.mkdir(mode=0o700, parents=True)
    # the log first: without its file it is nothing, while the file alone would open without its last sales
    for path in reversed(kept):
        path.replace(aside / path.name)
