"""Windows spooler: a printer by its name, given the bytes as they are. Taken is not printed: nothing is proven."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

from storeapp.devices.transport_types import Outcome, OutcomeReason, PrinterStatus, Sent

_INVALID_PRINTER_NAME = 1801
_ACCESS_DENIED = 5
_PAUSED, _ERROR, _PAPER_OUT, _OFFLINE, _DOOR_OPEN = 0x01, 0x02, 0x10, 0x80, 0x400000


class _DocInfo(ctypes.Structure):
    """DOC_INFO_1W of winspool.h."""

    _fields_ = (
        ("pDocName", wintypes.LPWSTR),
        ("pOutputFile", wintypes.LPWSTR),
        ("pDatatype", wintypes.LPWSTR),
    )


class WindowsTransport:
    """The printer called `name`. The spooler answers at once, so the timeouts have nothing to do."""

    def __init__(self, name: str) -> None:
        self._name = name

    def send(self, data: bytes, *, timeout_s: float) -> Outcome:
        return _send(self._name, data)

    def status(self, *, timeout_s: float) -> PrinterStatus:
        return _status(self._name)


def status_of(bits: int) -> PrinterStatus:
    """The PRINTER_STATUS_ bits of winspool.h; a spooler that reports nothing wrong has not asked the printer."""
    if not bits:
        return PrinterStatus()
    return PrinterStatus(
        online=False if bits & (_PAUSED | _ERROR | _PAPER_OUT | _OFFLINE | _DOOR_OPEN) else None,
        paper="out" if bits & _PAPER_OUT else "unknown",
        cover_open=True if bits & _DOOR_OPEN else None,
        error=True if bits & _ERROR else None,
    )


if sys.platform == "win32":

    def _send(name: str, data: bytes) -> Outcome:
        spool = ctypes.WinDLL("winspool.drv", use_last_error=True)
        handle = wintypes.HANDLE()
        if not spool.OpenPrinterW(name, ctypes.byref(handle), None):
            return Outcome(Sent.NOT_STARTED, _why(ctypes.get_last_error()))
        try:
            info = _DocInfo("storeapp", None, "RAW")
            if not spool.StartDocPrinterW(handle, 1, ctypes.byref(info)):
                return Outcome(Sent.NOT_STARTED, _why(ctypes.get_last_error()))
            written = wintypes.DWORD()
            whole = spool.WritePrinter(handle, data, len(data), ctypes.byref(written)) and written.value == len(data)
            spool.EndDocPrinter(handle)
            if whole:
                return Outcome(Sent.UNCONFIRMED, "spooled")
            return Outcome(Sent.PARTIAL if written.value else Sent.NOT_STARTED, "broken_pipe")
        finally:
            spool.ClosePrinter(handle)

    def _status(name: str) -> PrinterStatus:
        spool = ctypes.WinDLL("winspool.drv", use_last_error=True)
        handle = wintypes.HANDLE()
        if not spool.OpenPrinterW(name, ctypes.byref(handle), None):
            return PrinterStatus(online=False)
        try:
            # PRINTER_INFO_6 is the status word alone
            bits, needed = wintypes.DWORD(), wintypes.DWORD()
            if not spool.GetPrinterW(handle, 6, ctypes.byref(bits), ctypes.sizeof(bits), ctypes.byref(needed)):
                return PrinterStatus()
            return status_of(bits.value)
        finally:
            spool.ClosePrinter(handle)

else:

    def _send(name: str, data: bytes) -> Outcome:
        return Outcome(Sent.NOT_STARTED, "not_found")

    def _status(name: str) -> PrinterStatus:
        return PrinterStatus(online=False)


def _why(error: int) -> OutcomeReason:
    known: dict[int, OutcomeReason] = {_INVALID_PRINTER_NAME: "not_found", _ACCESS_DENIED: "permission"}
    return known.get(error, "refused")
