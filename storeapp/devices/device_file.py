"""Device file: a printer behind /dev/usb/lp0 or the like, or a plain file that collects jobs. Not for Windows."""

from __future__ import annotations

import fcntl
import os
import select
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from storeapp.devices.conversation import ask_status, deliver
from storeapp.devices.transport_types import Outcome, OutcomeReason, PrinterStatus, Sent

_CHUNK_BYTES = 256
_LPGETSTATUS = 0x060B
"""Linux usblp: the port status byte of the USB printer class."""


class FileTransport:
    """A printer at `path`."""

    def __init__(self, path: str) -> None:
        self._path = path

    def send(self, data: bytes, *, timeout_s: float) -> Outcome:
        try:
            with _opened(self._path) as line:
                return deliver(line, data, timeout_s=timeout_s)
        except OSError as error:
            return Outcome(Sent.NOT_STARTED, _why(error))

    def status(self, *, timeout_s: float) -> PrinterStatus:
        try:
            with _opened(self._path) as line:
                if line.is_plain_file:
                    return PrinterStatus(True, "ok")
                told = line.port_status()
                return port_status(told) if told is not None else ask_status(line, timeout_s=timeout_s)
        except OSError:
            return PrinterStatus(online=False)


def port_status(bits: int) -> PrinterStatus:
    """The status byte of the USB printer class: 0x20 paper out, 0x10 selected, 0x08 no error."""
    paper_out = bool(bits & 0x20)
    return PrinterStatus(bool(bits & 0x10) and not paper_out, "out" if paper_out else "unknown", error=not bits & 0x08)


class _FileLine:
    def __init__(self, file: int, *, is_plain_file: bool, answers: bool) -> None:
        self._file = file
        self.is_plain_file = is_plain_file
        self._answers = answers

    def write(self, data: bytes, timeout_s: float) -> int:
        if not select.select([], [self._file], [], timeout_s)[1]:
            return 0
        return os.write(self._file, data)

    def read(self, timeout_s: float) -> bytes | None:
        if not self._answers:
            return None
        if not select.select([self._file], [], [], timeout_s)[0]:
            return b""
        try:
            # nothing although there was something to read: the driver has no way back
            return os.read(self._file, _CHUNK_BYTES) or None
        except BlockingIOError:
            return b""

    def port_status(self) -> int | None:
        """What the port says without asking the printer; None if it is no USB printer port."""
        try:
            told = fcntl.ioctl(self._file, _LPGETSTATUS, struct.pack("i", 0))
        except OSError:
            return None
        return int(struct.unpack("i", told)[0])


@contextmanager
def _opened(path: str) -> Iterator[_FileLine]:
    is_plain = not os.path.exists(path) or stat.S_ISREG(os.stat(path).st_mode)
    if is_plain and path.startswith("/dev/"):
        raise FileNotFoundError(path)
    file, answers = _descriptor(path, is_plain)
    try:
        yield _FileLine(file, is_plain_file=is_plain, answers=answers)
    finally:
        os.close(file)


def _descriptor(path: str, is_plain: bool) -> tuple[int, bool]:
    """The open file, and whether it can be read from."""
    if is_plain:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), False
    flags = os.O_NONBLOCK | os.O_NOCTTY
    try:
        return os.open(path, os.O_RDWR | flags), True
    except OSError:
        # many ports may only be written to
        return os.open(path, os.O_WRONLY | flags), False


def _why(error: OSError) -> OutcomeReason:
    if isinstance(error, PermissionError):
        return "permission"
    return "not_found" if isinstance(error, FileNotFoundError) else "offline"
