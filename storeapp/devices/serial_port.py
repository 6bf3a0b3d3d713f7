"""Serial port: a printer behind RS-232, a USB serial chip or a Bluetooth serial line."""

from __future__ import annotations

from typing import Any

from storeapp.devices.conversation import WriteUncertain, ask_status, deliver
from storeapp.devices.transport_types import Outcome, OutcomeReason, PrinterStatus, Sent

_CHUNK_BYTES = 256


class SerialTransport:
    """A printer on `port`, 8N1 without handshake."""

    def __init__(self, port: str, baudrate: int = 9600) -> None:
        self._port = port
        self._baudrate = baudrate

    def send(self, data: bytes, *, timeout_s: float) -> Outcome:
        try:
            port = self._opened()
        except OSError as error:
            return Outcome(Sent.NOT_STARTED, why_not(error))
        with port:
            return deliver(_SerialLine(port), data, timeout_s=timeout_s)

    def status(self, *, timeout_s: float) -> PrinterStatus:
        try:
            port = self._opened()
        except OSError:
            return PrinterStatus(online=False)
        with port:
            return ask_status(_SerialLine(port), timeout_s=timeout_s)

    def _opened(self) -> Any:
        # deferred: an optional library
        import serial

        port = serial.Serial(self._port, self._baudrate, timeout=0, write_timeout=1)
        port.reset_input_buffer()
        return port


def why_not(error: OSError) -> OutcomeReason:
    """Why a serial port could not be opened."""
    if error.errno == 13:
        return "permission"
    return "not_found" if error.errno in (2, None) else "offline"


class _SerialLine:
    def __init__(self, port: Any) -> None:
        self._port = port

    def write(self, data: bytes, timeout_s: float) -> int:
        # deferred: an optional library
        import serial

        self._port.write_timeout = timeout_s
        try:
            return int(self._port.write(data[:_CHUNK_BYTES]))
        except serial.SerialTimeoutException:
            raise WriteUncertain from None

    def read(self, timeout_s: float) -> bytes | None:
        self._port.timeout = timeout_s
        first = bytes(self._port.read(1))
        waiting = self._port.in_waiting
        return first + bytes(self._port.read(waiting)) if waiting else first
