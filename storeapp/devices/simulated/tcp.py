"""The printer on the network: a real socket on this machine, as a LAN printer listens on port 9100."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from typing import Self

from storeapp.devices.simulated.printer import PrinterScript, SimulatedPrinter

_CHUNK_BYTES = 16384
_FOLLOW_S = 5.0


class TcpPrinter(SimulatedPrinter):
    """Serves one connection at a time, as such printers do; the next caller waits in the queue.

    Listens from `with` to the end of it, on `host` and `port`.
    """

    host = "127.0.0.1"
    _wake_to: socket.socket | None = None

    def __enter__(self) -> Self:
        self._listener = self._bound(0)
        self.port: int = self._listener.getsockname()[1]
        self._wake_from, self._wake_to = socket.socketpair()
        self._is_listening = False
        self._stopping = False
        self._followed = threading.Event()
        self._connection: socket.socket | None = None
        self._follow_script()
        self._thread = threading.Thread(target=self._serve, name="simulated-printer-tcp")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Switch off and wait until the thread is gone."""
        if self._wake_to is None:
            return
        self._stopping = True
        self._wake_to.send(b"!")
        self._thread.join()
        for end in (self._listener, self._wake_from, self._wake_to):
            end.close()
        self._wake_to = None

    def _bound(self, port: int) -> socket.socket:
        """A socket that holds the port but refuses callers until it listens."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((self.host, port))
        return listener

    def _script_changed(self) -> None:
        """Returns when the port has followed, so that the next caller meets the new script."""
        if self._wake_to is not None:
            self._followed.clear()
            self._wake_to.send(b"!")
            self._followed.wait(_FOLLOW_S)

    def _follow_script(self) -> None:
        offline = self.script is PrinterScript.OFFLINE
        if offline and self._is_listening:
            self._listener.close()
            self._listener = self._bound(self.port)
        elif not offline and not self._is_listening:
            self._listener.listen()
        self._is_listening = not offline

    def _serve(self) -> None:
        while not self._stopping:
            woken = False
            for ready in select.select(self._sources(), [], [])[0]:
                if ready is self._wake_from:
                    self._wake_from.recv(_CHUNK_BYTES)
                    woken = True
                    self._answer(self._resume())
                elif ready is self._connection:
                    self._read(self._connection)
                elif self._connection is None:
                    self._connection = self._accepted()
            # first the port, then the line: who notices the end of a call finds nobody to call again
            self._follow_script()
            if self.script is PrinterScript.OFFLINE:
                self._hang_up(abruptly=True)
            if woken:
                self._followed.set()
        self._hang_up()

    def _accepted(self) -> socket.socket | None:
        """The caller; None if it was gone again before it was let in."""
        self._listener.setblocking(False)
        try:
            connection = self._listener.accept()[0]
        except (BlockingIOError, ConnectionError):
            return None
        connection.setblocking(True)
        return connection

    def _sources(self) -> list[socket.socket]:
        if self._connection is not None:
            return [self._wake_from] if self._is_full else [self._wake_from, self._connection]
        return [self._wake_from, self._listener] if self._is_listening else [self._wake_from]

    def _read(self, connection: socket.socket) -> None:
        try:
            data = connection.recv(_CHUNK_BYTES)
        except ConnectionError:
            data = b""
        if data:
            self._answer(self._take(data))
        else:
            self._hang_up()

    def _answer(self, answer: bytes) -> None:
        if answer and self._connection is not None:
            # a caller who has gone does not hear the answer; the next read finds out
            with contextlib.suppress(ConnectionError):
                self._connection.sendall(answer)

    def _hang_up(self, *, abruptly: bool = False) -> None:
        if self._connection is None:
            return
        if abruptly:
            # power loss: no farewell, the caller's next write fails
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()
        self._connection = None
        self._end_job()
