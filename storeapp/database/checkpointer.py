"""The checkpointer: moves the log into the file from a thread of its own, so that no customer waits for it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

PAUSE_S = 0.5
"""Between a commit and the checkpoint after it: many commits share one."""
LONG_LOG_BYTES = 32 * 1024 * 1024


class Checkpointer:
    """Runs until stopped. `writers` is the lock every writing block holds; `connect` makes the connection it uses."""

    def __init__(self, path: Path, connect: Callable[[], Any], writers: threading.Lock) -> None:
        self._log = path.with_name(path.name + "-wal")
        self._connect = connect
        self._writers = writers
        self._dirty = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="checkpointer", daemon=True)
        self._thread.start()

    def note_commit(self) -> None:
        """Something was committed."""
        if not self._dirty.is_set():
            self._dirty.set()

    def stop(self) -> None:
        """Ends the thread and waits for it."""
        self._stopping.set()
        self._dirty.set()
        self._thread.join()

    def _run(self) -> None:
        connection = self._connect()
        # it never waits for a reader: while it holds the writers' lock, so would the counter
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                self._dirty.wait()
                if self._stopping.wait(PAUSE_S):
                    return
                self._dirty.clear()
                # asked to stop just before: the call that would wake it was wiped out with the rest
                if self._stopping.is_set():
                    return
                # a fault of the disk is reported to whoever commits next, not from here
                with contextlib.suppress(sqlcipher.Error):
                    self._checkpoint(connection)
        finally:
            connection.close()

    def _checkpoint(self, connection: Any) -> None:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        if self._log_bytes() > LONG_LOG_BYTES:
            # without a pause between commits the log never ends: hold them for the little that came in meanwhile
            with self._writers:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _log_bytes(self) -> int:
        try:
            return self._log.stat().st_size
        except OSError:
            return 0
