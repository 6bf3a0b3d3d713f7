"""The simulated serial printer: what a till meets on a device file."""

import os
import sys
from collections.abc import Iterator

import pytest
import serial

from storeapp.devices.simulated.printer import PrinterScript
from tests.devices.paper.jobs import CHINESE, FONT, gbk
from tests.waiting import PATIENCE_S, no_thread_left

if sys.platform == "win32":
    pytest.skip("there are no pseudo terminals on Windows", allow_module_level=True)

from storeapp.devices.simulated.serial_line import PtyPrinter

ASK_ALL = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
TEA = CHINESE + gbk("茶 3.50\n") + b"\x1dVB\x00\x1dr\x01"
# every byte there is: a terminal left in its usual mode would change some of them
ALL_BYTES = CHINESE + b"\x1dv0\x00\x10\x00\x10\x00" + bytes(range(256)) + b"\x1dVB\x00\x1dr\x01"
LONG = CHINESE + gbk("茶 3.50\n" * 100) + b"\x1dVB\x00"


@pytest.fixture
def printer() -> Iterator[PtyPrinter]:
    with no_thread_left(), PtyPrinter(FONT, dying_after=300) as printer:
        yield printer
    assert not printer.path.exists()


def open_line(printer: PtyPrinter, timeout_s: float = PATIENCE_S) -> serial.Serial:
    return serial.Serial(str(printer.path), 115200, timeout=timeout_s, write_timeout=timeout_s)


def test_a_healthy_printer_answers_prints_and_proves(printer: PtyPrinter) -> None:
    with open_line(printer) as line:
        line.write(ASK_ALL)
        assert line.read(4).hex() == "12121212"
        line.write(TEA)

        assert line.read(1) == b"\x00"
    assert [paper.text() for paper in printer.papers] == ["茶 3.50"]


def test_every_byte_arrives_as_it_was_sent(printer: PtyPrinter) -> None:
    with open_line(printer) as line:
        line.write(ALL_BYTES)
        line.read(1)

    assert printer.jobs == [ALL_BYTES]


def test_it_may_be_opened_again(printer: PtyPrinter) -> None:
    for _ in range(2):
        with open_line(printer) as line:
            line.write(TEA)
            line.read(1)

    assert len(printer.papers) == 2


def test_it_may_be_opened_as_a_plain_file(printer: PtyPrinter) -> None:
    with printer.path.open("r+b", buffering=0) as device:
        device.write(TEA)

        assert device.read(1) == b"\x00"


def test_a_pause_ends_a_job_that_was_not_cut(printer: PtyPrinter) -> None:
    with open_line(printer) as line:
        line.write(CHINESE + gbk("茶 3.50\n"))
        printer.wait_for_jobs(1)
        line.write(CHINESE + gbk("杯 9.00\n"))

        papers = printer.wait_for_jobs(2)

    assert [paper.text() for paper in papers] == ["茶 3.50", "杯 9.00"]


def test_out_of_paper_it_answers_questions_and_prints_nothing(printer: PtyPrinter) -> None:
    printer.script = PrinterScript.PAPER_OUT

    with open_line(printer, timeout_s=0.3) as line:
        line.write(TEA)
        assert line.read(1) == b""
        line.timeout = PATIENCE_S
        line.write(b"\x10\x04\x04")
        assert line.read(1) == b"\x7e"

        printer.script = PrinterScript.HEALTHY

        assert line.read(1) == b"\x00"


def test_mute_it_prints_and_never_answers(printer: PtyPrinter) -> None:
    printer.script = PrinterScript.MUTE

    with open_line(printer, timeout_s=0.3) as line:
        line.write(ASK_ALL + TEA)

        assert line.read(1) == b""
    assert [paper.text() for paper in printer.wait_for_jobs(1)] == ["茶 3.50"]


def test_offline_there_is_no_device(printer: PtyPrinter) -> None:
    printer.script = PrinterScript.OFFLINE
    assert not printer.path.exists()

    printer.script = PrinterScript.HEALTHY

    with open_line(printer) as line:
        line.write(ASK_ALL)
        assert len(line.read(4)) == 4


def test_a_dying_printer_breaks_the_line(printer: PtyPrinter) -> None:
    printer.script = PrinterScript.DYING
    line = os.open(printer.path, os.O_RDWR | os.O_NOCTTY)

    os.write(line, LONG)
    printer.wait_for_jobs(1)
    with pytest.raises(OSError, match="Input/output error"):
        os.read(line, 1)  # returns when the line has gone
        os.write(line, LONG)
    os.close(line)

    assert printer.jobs == [LONG[:300]]
    assert not printer.path.exists()


def test_closing_twice_is_closing_once() -> None:
    with PtyPrinter(FONT) as printer:
        printer.close()

    assert not printer.path.exists()
