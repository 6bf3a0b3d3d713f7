"""The lock: one process a shop. The system lets go of it when the process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from storeapp.errors import Unavailable


@dataclass(eq=False)
class ShopInUse(Unavailable):
    """Another process (`pid`, 0 if it did not say) has the shop at `path` open."""

    path: str
    pid: int
    word = "shop_in_use"


class ShopLock:
    """Holds the lock on `folder` until released."""

    def __init__(self, folder: Path) -> None:
        path = folder / "shop.lock"
        # appending, so that a refused process does not wipe out the holder's number
        self._file: IO[str] = path.open("a+", encoding="ascii")
        if not _locked(self._file):
            pid = _pid(path)
            self._file.close()
            raise ShopInUse(str(folder), pid)
        self._file.seek(0)
        self._file.truncate()
        self._file.write(str(os.getpid()))
        self._file.flush()

    def release(self) -> None:
        """Lets others in. The file stays: removing it would let two processes lock two files of one name."""
        self._file.close()


def _pid(path: Path) -> int:
    # on Windows the locked byte cannot be read; the number stands before it
    with contextlib.suppress(OSError, ValueError):
        return int(path.read_text("ascii"))
    return 0


if sys.platform == "win32":
    import msvcrt

    LOCKED_BYTE = 1 << 30

    def _locked(file: IO[str]) -> bool:
        # far behind the end, so that others may read the process number
        file.seek(LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
