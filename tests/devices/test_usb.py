"""USB printers, played by objects shaped like the library's."""

import errno
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from storeapp.devices.conversation import CONFIRM
from storeapp.devices.transport_types import Outcome, PrinterStatus, Sent
from storeapp.devices.usb import UsbTransport
from tests.waiting import PATIENCE_S

JOB = b"tea 3.50\n" * 200 + CONFIRM


@dataclass
class End:
    bEndpointAddress: int
    bmAttributes: int = 2


@dataclass
class Interface:
    ends: list[End]
    bInterfaceClass: int = 7
    bInterfaceNumber: int = 0

    def __iter__(self) -> Iterator[End]:
        return iter(self.ends)


@dataclass
class Device:
    """Takes `room` bytes and then stalls; answers what is in `answers` when it is read."""

    interfaces: list[Interface]
    answers: list[bytes] = field(default_factory=list)
    room: int = 1_000_000
    breaks_at: int = 1_000_000
    driver: bool = False
    took: bytes = b""
    calls: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[list[Interface]]:
        return iter([self.interfaces])

    def write(self, end: int, data: bytes, timeout: int) -> int:
        assert end == 0x03
        assert timeout > 0
        if len(self.took) + len(data) > self.breaks_at:
            raise OSError(errno.ENODEV, "gone")
        if len(self.took) + len(data) > self.room:
            raise OSError(errno.ETIMEDOUT, "stalled")
        self.took += data
        return len(data)

    def read(self, end: int, size: int, timeout: int) -> bytes:
        assert end == 0x81
        if not self.answers:
            raise OSError(errno.ETIMEDOUT, "silent")
        return self.answers.pop(0)

    def is_kernel_driver_active(self, number: int) -> bool:
        return self.driver

    def detach_kernel_driver(self, number: int) -> None:
        self.calls.append("detach")

    def attach_kernel_driver(self, number: int) -> None:
        self.calls.append("attach")


def both_ways() -> list[Interface]:
    # a scanner's interface first: the printer's is found by its class, and its ends by their direction
    return [Interface([End(0x82)], bInterfaceClass=3), Interface([End(0x81), End(0x03)], bInterfaceNumber=1)]


@pytest.fixture(autouse=True)
def _no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our devices hold nothing the library would have to let go of."""
    monkeypatch.setattr("usb.util.dispose_resources", lambda device: None)


def cable(device: Device | None) -> UsbTransport:
    return UsbTransport(0x04B8, 0x0202, find=lambda vendor, product: device)


def test_a_job_goes_out_by_the_printers_own_end_and_is_confirmed() -> None:
    device = Device(both_ways(), answers=[b"\x00"], driver=True)

    assert cable(device).send(JOB, timeout_s=PATIENCE_S) == Outcome(Sent.CONFIRMED)

    assert device.took == JOB
    assert device.calls == ["detach", "attach"]


def test_a_printer_that_cannot_answer_stays_unconfirmed() -> None:
    device = Device([Interface([End(0x03)])])

    assert cable(device).send(JOB, timeout_s=PATIENCE_S) == Outcome(Sent.UNCONFIRMED, "mute")


def test_a_stalled_cable_leaves_a_part_nobody_knows() -> None:
    assert cable(Device(both_ways(), room=600)).send(JOB, timeout_s=PATIENCE_S) == Outcome(Sent.PARTIAL, "timeout")
    assert cable(Device(both_ways(), room=0)).send(JOB, timeout_s=PATIENCE_S) == Outcome(Sent.PARTIAL, "timeout")


def test_a_cable_pulled_out_is_noticed() -> None:
    assert cable(Device(both_ways(), breaks_at=600)).send(JOB, timeout_s=PATIENCE_S) == Outcome(
        Sent.PARTIAL, "broken_pipe"
    )
    assert cable(Device(both_ways(), breaks_at=0)).send(JOB, timeout_s=PATIENCE_S) == Outcome(
        Sent.NOT_STARTED, "broken_pipe"
    )
    assert cable(None).send(JOB, timeout_s=PATIENCE_S) == Outcome(Sent.NOT_STARTED, "not_found")


def test_it_tells_how_it_is_if_it_can() -> None:
    assert cable(Device(both_ways(), answers=[b"\x1a\x32\x12\x7e"])).status(timeout_s=PATIENCE_S).paper == "out"
    assert cable(Device([Interface([End(0x03)])])).status(timeout_s=PATIENCE_S) == PrinterStatus()
    assert cable(None).status(timeout_s=PATIENCE_S) == PrinterStatus(online=False)
