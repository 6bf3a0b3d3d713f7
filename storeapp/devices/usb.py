"""USB: a printer by its vendor and product number, without a driver of the system in between."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from storeapp.devices.conversation import WriteUncertain, ask_status, deliver
from storeapp.devices.transport_types import Outcome, OutcomeReason, PrinterStatus, Sent

_PRINTER_CLASS = 7
_BULK = 2
_CHUNK_BYTES = 512
Finder = Callable[[int, int], Any]
"""Vendor and product number to a pyusb device, or None."""


def find_device(vendor: int, product: int) -> Any:
    """The first such device plugged in; raises OSError if USB can not be reached at all."""
    # deferred: an optional library
    import usb.core

    try:
        return usb.core.find(idVendor=vendor, idProduct=product)
    except usb.core.NoBackendError as error:
        raise OSError(str(error)) from error


class UsbTransport:
    """The printer `vendor`:`product`."""

    def __init__(self, vendor: int, product: int, *, find: Finder = find_device) -> None:
        self._vendor = vendor
        self._product = product
        self._find = find

    def send(self, data: bytes, *, timeout_s: float) -> Outcome:
        try:
            with self._claimed() as line:
                return deliver(line, data, timeout_s=timeout_s)
        except OSError as error:
            return Outcome(Sent.NOT_STARTED, _why(error))

    def status(self, *, timeout_s: float) -> PrinterStatus:
        try:
            with self._claimed() as line:
                return ask_status(line, timeout_s=timeout_s)
        except OSError:
            return PrinterStatus(online=False)

    @contextmanager
    def _claimed(self) -> Iterator[_UsbLine]:
        device = self._find(self._vendor, self._product)
        if device is None:
            raise FileNotFoundError
        interface, number = _printer_interface(device)
        # the system's own printer driver holds the interface: it is given back afterwards
        had_driver = _has_driver(device, number)
        if had_driver:
            device.detach_kernel_driver(number)
        try:
            yield _UsbLine(device, interface)
        finally:
            _let_go(device, number, give_back=had_driver)


class _UsbLine:
    def __init__(self, device: Any, interface: Any) -> None:
        self._device = device
        ends = [end for end in interface if end.bmAttributes & 3 == _BULK]
        self._out = next((end.bEndpointAddress for end in ends if not end.bEndpointAddress & 0x80), None)
        self._in = next((end.bEndpointAddress for end in ends if end.bEndpointAddress & 0x80), None)
        if self._out is None:
            raise FileNotFoundError

    def write(self, data: bytes, timeout_s: float) -> int:
        try:
            return int(self._device.write(self._out, data[:_CHUNK_BYTES], timeout=_milliseconds(timeout_s)))
        except OSError as error:
            if _is_timeout(error):
                raise WriteUncertain from None
            raise

    def read(self, timeout_s: float) -> bytes | None:
        if self._in is None:
            return None
        try:
            return bytes(self._device.read(self._in, 64, timeout=_milliseconds(timeout_s)))
        except OSError as error:
            if _is_timeout(error):
                return b""
            raise


def _milliseconds(timeout_s: float) -> int:
    # 0 would mean: wait for ever
    return max(int(timeout_s * 1000), 1)


def _is_timeout(error: OSError) -> bool:
    return isinstance(error, TimeoutError) or type(error).__name__ == "USBTimeoutError" or error.errno in (110, 10060)


def _printer_interface(device: Any) -> tuple[Any, int]:
    """The interface of the printer class, else the first: some clones call themselves vendor specific."""
    interfaces = [interface for configuration in device for interface in configuration]
    printers = [one for one in interfaces if one.bInterfaceClass == _PRINTER_CLASS]
    chosen = next(iter(printers or interfaces), None)
    if chosen is None:
        raise FileNotFoundError
    return chosen, int(chosen.bInterfaceNumber)


def _has_driver(device: Any, number: int) -> bool:
    # Windows has no such question
    with contextlib.suppress(NotImplementedError, OSError):
        return bool(device.is_kernel_driver_active(number))
    return False


def _let_go(device: Any, number: int, *, give_back: bool) -> None:
    # deferred: an optional library
    import usb.util

    with contextlib.suppress(OSError):
        usb.util.dispose_resources(device)
    if give_back:
        with contextlib.suppress(NotImplementedError, OSError):
            device.attach_kernel_driver(number)


def _why(error: OSError) -> OutcomeReason:
    if error.errno == 13:
        return "permission"
    return "not_found" if isinstance(error, FileNotFoundError) else "offline"
