"""Serial scanner: a barcode scanner in its USB-COM mode, deaf to focus, keyboard layout and input method."""

from __future__ import annotations

import logging
import threading
import unicodedata
from collections.abc import Callable
from typing import Any

_log = logging.getLogger(__name__)
_READ_S = 0.5
_TRY_AGAIN_S = 3.0
_LONGEST_CODE = 512


class SerialScanner:
    """Reads `port` in a thread and calls `on_code` there with each code. A port that is gone is tried again."""

    def __init__(
        self,
        port: str,
        on_code: Callable[[str], None],
        *,
        baudrate: int = 9600,
        on_connected: Callable[[bool], None] = lambda connected: None,
    ) -> None:
        self._port = port
        self._baudrate = baudrate
        self._on_code = on_code
        self._on_connected = on_connected
        self._is_connected: bool | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scanner-serial", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, *, timeout_s: float = 3.0) -> None:
        """Ends the thread; nothing is called any more once this returns."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        # deferred: an optional library
        import serial

        while not self._stopping.is_set():
            try:
                with serial.Serial(self._port, self._baudrate, timeout=_READ_S) as port:
                    self._tell(True)
                    self._listen(port)
            except OSError as error:
                _log.debug("scanner %s: %s", self._port, error)
                self._tell(False)
                self._stopping.wait(_TRY_AGAIN_S)

    def _listen(self, port: Any) -> None:
        code = bytearray()
        while not self._stopping.is_set():
            for byte in port.read(max(1, port.in_waiting)):
                if byte not in b"\r\n\t":
                    code.append(byte)
                    # a cable that babbles is no scanner
                    del code[_LONGEST_CODE:]
                    continue
                text = scanned(bytes(code))
                code.clear()
                if text:
                    self._on_code(text)

    def _tell(self, is_connected: bool) -> None:
        if is_connected != self._is_connected:
            self._is_connected = is_connected
            self._on_connected(is_connected)


def scanned(raw: bytes) -> str:
    """What a scanner sent, without its prefix controls; UTF-8, or GBK from an older one."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", errors="replace")
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if char.isprintable()).strip()
