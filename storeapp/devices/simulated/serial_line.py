"""The printer on a serial line or device file: a pseudo terminal. Linux and macOS only."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import tempfile
import threading
import tty
from pathlib import Path
from typing import Self

from storeapp.devices.simulated.printer import PrinterScript, SimulatedPrinter

_CHUNK_BYTES = 16384
_FOLLOW_S = 5.0
_IDLE_ENDS_JOB_S = 0.5


class PtyPrinter(SimulatedPrinter):
    """`path` is the device to open; while the printer is offline there is none.

    A serial line has no connection to end: a pause of half a second between two commands ends a job that was not cut.
    """

    _wake_to: int | None = None

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="printer-")
        self.path = Path(self._folder.name) / "printer"
        self._wake_from, self._wake_to = os.pipe()
        self._master: int | None = None
        self._slave = -1
        self._stopping = False
        self._followed = threading.Event()
        self._follow_script()
        self._thread = threading.Thread(target=self._serve, name="simulated-printer-pty")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Unplug and wait until the thread is gone."""
        if self._wake_to is None:
            return
        self._stopping = True
        os.write(self._wake_to, b"!")
        self._thread.join()
        os.close(self._wake_from)
        os.close(self._wake_to)
        self._folder.cleanup()
        self._wake_to = None

    def _script_changed(self) -> None:
        """Returns when the device has followed, so that the next one to open it meets the new script."""
        if self._wake_to is not None:
            self._followed.clear()
            os.write(self._wake_to, b"!")
            self._followed.wait(_FOLLOW_S)

    def _follow_script(self) -> None:
        offline = self.script is PrinterScript.OFFLINE
        if offline and self._master is not None:
            self._unplug()
        elif not offline and self._master is None:
            # our own hold on the slave end keeps the line up when the till closes its own
            self._master, self._slave = pty.openpty()
            tty.setraw(self._slave)
            self.path.symlink_to(os.ttyname(self._slave))

    def _unplug(self) -> None:
        if self._master is None:
            return
        self.path.unlink()
        os.close(self._slave)
        os.close(self._master)
        self._master = None
        self._end_job()

    def _serve(self) -> None:
        while not self._stopping:
            line = [] if self._master is None or self._is_full else [self._master]
            ready = select.select([self._wake_from, *line], [], [], _IDLE_ENDS_JOB_S if self._raw else None)[0]
            if not ready and self._is_between_commands:
                self._end_job()
            if self._wake_from in ready:
                os.read(self._wake_from, _CHUNK_BYTES)
                self._answer(self._resume())
            if self._master in ready:
                self._answer(self._take(self._read()))
            self._follow_script()
            if self._wake_from in ready:
                self._followed.set()
        self._unplug()

    def _read(self) -> bytes:
        return os.read(self._master, _CHUNK_BYTES) if self._master is not None else b""

    def _answer(self, answer: bytes) -> None:
        if answer and self._master is not None:
            # nobody may be listening: a full line must not stop the printer
            with contextlib.suppress(OSError):
                os.write(self._master, answer)
