"""TCP: a printer on the network, listening on port 9100. One connection a job: many serve a single caller at a time."""

from __future__ import annotations

import contextlib
import socket
import time

from storeapp.devices.conversation import ask_status, deliver
from storeapp.devices.transport_types import Outcome, OutcomeReason, PrinterStatus, Sent

_CONNECT_S = 3.0
_CHUNK_BYTES = 256


class TcpTransport:
    """A printer at `host` and `port`."""

    def __init__(self, host: str, port: int = 9100) -> None:
        self._address = (host, port)

    def send(self, data: bytes, *, timeout_s: float) -> Outcome:
        try:
            connection = socket.create_connection(self._address, timeout=min(_CONNECT_S, timeout_s))
        except OSError as error:
            return Outcome(Sent.NOT_STARTED, _why(error))
        with connection:
            return deliver(_SocketLine(connection), data, timeout_s=timeout_s)

    def status(self, *, timeout_s: float) -> PrinterStatus:
        deadline = time.monotonic() + timeout_s
        try:
            connection = socket.create_connection(self._address, timeout=timeout_s)
        except OSError:
            return PrinterStatus(online=False)
        with connection:
            return ask_status(_SocketLine(connection), timeout_s=max(deadline - time.monotonic(), 0.05))


class _SocketLine:
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def write(self, data: bytes, timeout_s: float) -> int:
        self._connection.settimeout(timeout_s)
        with contextlib.suppress(TimeoutError):
            return self._connection.send(data)
        return 0

    def read(self, timeout_s: float) -> bytes | None:
        self._connection.settimeout(timeout_s)
        try:
            came = self._connection.recv(_CHUNK_BYTES)
        except TimeoutError:
            return b""
        if not came:
            raise ConnectionAbortedError
        return came


def _why(error: OSError) -> OutcomeReason:
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, PermissionError):
        return "permission"
    return "timeout" if isinstance(error, TimeoutError) else "not_found"
