"""Addresses: where a printer is, as the settings write it, opened as a transport.

`tcp:192.168.1.50:9100`, `usb:04b8:0202`, `serial:/dev/ttyUSB0:9600`, `file:/dev/usb/lp0`, `windows:Printer name`,
`cups:queue`, and `paper:` for the built-in one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from storeapp.devices.transport_types import Transport
from storeapp.errors import Refused

_TCP = re.compile(r"(?P<host>\[[0-9A-Fa-f:.%a-z]+\]|[^:\s/]+)(?::(?P<port>\d{1,5}))?")
_USB = re.compile(r"(?P<vendor>[0-9A-Fa-f]{4}):(?P<product>[0-9A-Fa-f]{4})")
_SERIAL = re.compile(r"(?P<port>.+?)(?::(?P<baud>\d{3,7}))?")
_QUEUE = re.compile(r"[^\s/#'\"-][^\s/#'\"]{0,126}")


@dataclass(eq=False)
class BadAddress(Refused):
    """No printer can be reached at `address`: it must be like `expected`."""

    address: str
    expected: str
    word = "bad_printer_address"


def open_transport(address: str, *, paper: Transport | None = None) -> Transport:
    """The transport behind `address`; nothing is connected yet. `paper` is what `paper:` stands for."""
    kind, _, rest = address.strip().partition(":")
    if kind == "paper" and paper is not None and not rest:
        return paper
    opened = _opened(kind, rest) if rest else None
    if opened is None:
        raise BadAddress(address[:80], _LIKE.get(kind, ", ".join((*_LIKE.values(), "paper:"))))
    return opened


_LIKE = {
    "tcp": "tcp:192.168.1.50:9100",
    "usb": "usb:04b8:0202",
    "serial": "serial:/dev/ttyUSB0:9600",
    "file": "file:/dev/usb/lp0",
    "windows": "windows:Printer name",
    "cups": "cups:queue",
}


def _opened(kind: str, rest: str) -> Transport | None:
    # imports below are deferred: each cable is for some systems and some shops only
    if kind == "tcp" and (tcp := _TCP.fullmatch(rest)) and int(tcp["port"] or 9100) < 65536:
        from storeapp.devices.tcp import TcpTransport

        return TcpTransport(tcp["host"].strip("[]"), int(tcp["port"] or 9100))
    if kind == "usb" and (usb := _USB.fullmatch(rest)):
        from storeapp.devices.usb import UsbTransport

        return UsbTransport(int(usb["vendor"], 16), int(usb["product"], 16))
    if kind == "serial" and (line := _SERIAL.fullmatch(rest)):
        from storeapp.devices.serial_port import SerialTransport

        return SerialTransport(line["port"], int(line["baud"] or 9600))
    if kind == "file":
        from storeapp.devices.device_file import FileTransport

        return FileTransport(rest)
    if kind == "windows":
        from storeapp.devices.windows_spooler import WindowsTransport

        return WindowsTransport(rest)
    if kind == "cups" and _QUEUE.fullmatch(rest):
        from storeapp.devices.cups import CupsTransport

        return CupsTransport(rest)
    return None
