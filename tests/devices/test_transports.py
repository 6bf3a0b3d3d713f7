"""Cables: what is said of a job is what is known of it, and no call hangs."""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storeapp.devices import conversation
from storeapp.devices.address import BadAddress, open_transport
from storeapp.devices.conversation import CONFIRM, read_status, trouble
from storeapp.devices.cups import CupsTransport
from storeapp.devices.device_file import FileTransport, port_status
from storeapp.devices.escpos_receipt import build
from storeapp.devices.printer_profile import profile
from storeapp.devices.serial_port import SerialTransport
from storeapp.devices.simulated.printer import PrinterScript
from storeapp.devices.simulated.serial_line import PtyPrinter
from storeapp.devices.simulated.tcp import TcpPrinter
from storeapp.devices.tcp import TcpTransport
from storeapp.devices.transport_types import Outcome, PrinterStatus, Sent, Transport
from storeapp.devices.windows_spooler import WindowsTransport, status_of
from storeapp.domain.receipt_layout import layout
from tests.devices.test_escpos_receipt import FONT
from tests.domain.receipts import receipt
from tests.waiting import PATIENCE_S

Wire = type[FileTransport | SerialTransport]
FULL = profile("full-80")
JOB = build(layout(receipt(), paper_columns=48), FULL)
UNPROVEN = JOB.removesuffix(CONFIRM)
SOON_S = 0.8
JOB_SOON_S = 2.0
"""Long enough to get a job into a cable on a busy machine; what it waits for then never comes."""


@pytest.fixture
def printer() -> Iterator[TcpPrinter]:
    with TcpPrinter(FONT, dying_after=300) as printer:
        yield printer


@pytest.fixture
def line() -> Iterator[PtyPrinter]:
    with PtyPrinter(FONT, dying_after=300) as line:
        yield line


def lan(printer: TcpPrinter) -> TcpTransport:
    return TcpTransport(printer.host, printer.port)


def test_a_job_the_printer_answers_for_is_confirmed_and_on_paper(printer: TcpPrinter) -> None:
    assert lan(printer).send(JOB, timeout_s=PATIENCE_S) == Outcome(Sent.CONFIRMED)

    (paper,) = printer.wait_for_jobs(1)
    assert paper.faults == ()
    assert "￥124.78" in paper.text()


def test_a_job_that_asks_for_no_proof_is_only_unconfirmed(printer: TcpPrinter) -> None:
    assert lan(printer).send(UNPROVEN, timeout_s=PATIENCE_S) == Outcome(Sent.UNCONFIRMED)

    assert printer.wait_for_jobs(1)[0].faults == ()


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        (PrinterScript.NEAR_END, Outcome(Sent.CONFIRMED)),
        (PrinterScript.PAPER_OUT, Outcome(Sent.UNCONFIRMED, "paper_out")),
        (PrinterScript.COVER_OPEN, Outcome(Sent.UNCONFIRMED, "cover_open")),
        (PrinterScript.OFFLINE, Outcome(Sent.NOT_STARTED, "refused")),
        (PrinterScript.MUTE, Outcome(Sent.UNCONFIRMED, "mute")),
    ],
)
def test_what_a_lan_printer_in_trouble_makes_of_a_job(
    printer: TcpPrinter, script: PrinterScript, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer.script = script
    if script is not PrinterScript.MUTE:
        monkeypatch.setattr(conversation, "_LAST_WORD_S", PATIENCE_S)

    assert lan(printer).send(JOB, timeout_s=JOB_SOON_S if outcome.sent is Sent.UNCONFIRMED else PATIENCE_S) == outcome


def test_a_printer_that_dies_in_the_middle_leaves_a_job_nobody_can_vouch_for(printer: TcpPrinter) -> None:
    printer.script = PrinterScript.DYING

    outcome = lan(printer).send(JOB, timeout_s=PATIENCE_S)

    assert outcome.sent in (Sent.PARTIAL, Sent.UNCONFIRMED)
    assert outcome.reason == "broken_pipe"


@pytest.mark.parametrize(
    ("script", "status"),
    [
        (PrinterScript.HEALTHY, PrinterStatus(True, "ok", cover_open=False, error=False)),
        (PrinterScript.NEAR_END, PrinterStatus(True, "near_end", cover_open=False, error=False)),
        (PrinterScript.PAPER_OUT, PrinterStatus(False, "out", cover_open=False, error=False)),
        (PrinterScript.COVER_OPEN, PrinterStatus(False, "ok", cover_open=True, error=False)),
        (PrinterScript.OFFLINE, PrinterStatus(online=False)),
        (PrinterScript.MUTE, PrinterStatus()),
    ],
)
def test_a_lan_printer_tells_how_it_is(printer: TcpPrinter, script: PrinterScript, status: PrinterStatus) -> None:
    printer.script = script

    assert lan(printer).status(timeout_s=SOON_S if script is PrinterScript.MUTE else PATIENCE_S) == status


def test_a_printer_that_takes_nothing_does_not_hold_the_till() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        began = time.monotonic()
        outcome = TcpTransport(*deaf.getsockname()).send(b"x" * 30_000_000, timeout_s=JOB_SOON_S)

    assert outcome == Outcome(Sent.PARTIAL, "timeout")
    assert time.monotonic() - began < PATIENCE_S


def test_noise_on_the_line_is_no_proof() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def babble() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"\x11\x13\x16\x9f\xff")
                # to the end of the call; who leaves without having heard us out breaks it off
                with contextlib.suppress(ConnectionError):
                    while connection.recv(4096):
                        pass

        thread = threading.Thread(target=babble)
        thread.start()
        outcome = TcpTransport(*server.getsockname()).send(b"tea\n" + CONFIRM, timeout_s=JOB_SOON_S)
        thread.join()

    assert outcome.sent is Sent.UNCONFIRMED


@pytest.mark.parametrize("cable", [FileTransport, SerialTransport])
def test_a_printer_on_a_serial_line_confirms_too(line: PtyPrinter, cable: Wire) -> None:
    assert cable(str(line.path)).send(JOB, timeout_s=PATIENCE_S) == Outcome(Sent.CONFIRMED)

    assert line.wait_for_jobs(1)[0].faults == ()


@pytest.mark.parametrize("cable", [FileTransport, SerialTransport])
@pytest.mark.parametrize(
    ("script", "paper", "online"),
    [
        (PrinterScript.HEALTHY, "ok", True),
        (PrinterScript.PAPER_OUT, "out", False),
        (PrinterScript.MUTE, "unknown", None),
    ],
)
def test_a_printer_on_a_serial_line_tells_how_it_is(
    line: PtyPrinter,
    cable: Wire,
    script: PrinterScript,
    paper: str,
    online: bool | None,
) -> None:
    line.script = script

    status = cable(str(line.path)).status(timeout_s=SOON_S if script is PrinterScript.MUTE else PATIENCE_S)

    assert (status.paper, status.online) == (paper, online)


@pytest.mark.parametrize("cable", [FileTransport, SerialTransport])
def test_a_printer_pulled_out_of_its_port_is_not_found(cable: Wire) -> None:
    transport = cable("/dev/no-such-printer")

    assert transport.send(JOB, timeout_s=PATIENCE_S) == Outcome(Sent.NOT_STARTED, "not_found")
    assert transport.status(timeout_s=PATIENCE_S) == PrinterStatus(online=False)


@pytest.mark.parametrize("cable", [FileTransport, SerialTransport])
def test_a_serial_line_nobody_reads_does_not_hold_the_till(cable: Wire) -> None:
    master, slave = os.openpty()
    try:
        began = time.monotonic()
        outcome = cable(os.ttyname(slave)).send(b"x" * 200_000, timeout_s=JOB_SOON_S)
    finally:
        os.close(master)
        os.close(slave)

    assert outcome == Outcome(Sent.PARTIAL, "timeout")
    assert time.monotonic() - began < PATIENCE_S


def test_a_plain_file_collects_jobs(tmp_path: Path) -> None:
    transport = FileTransport(str(tmp_path / "jobs.bin"))

    assert [transport.send(UNPROVEN, timeout_s=PATIENCE_S).sent for _ in range(2)] == [Sent.UNCONFIRMED] * 2
    assert (tmp_path / "jobs.bin").read_bytes() == 2 * UNPROVEN
    assert transport.status(timeout_s=PATIENCE_S) == PrinterStatus(True, "ok")


def test_the_status_byte_of_the_printer_port_is_understood() -> None:
    assert port_status(0x18) == PrinterStatus(True, "unknown", error=False)
    assert port_status(0x38) == PrinterStatus(False, "out", error=False)
    assert port_status(0x10).error


def test_half_an_answer_says_nothing_about_the_other_half() -> None:
    assert read_status(b"") == PrinterStatus()
    assert read_status(b"\x12") == PrinterStatus(online=True)
    assert read_status(b"\x1a\x32") == PrinterStatus(False, "out", cover_open=False)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (PrinterStatus(), ""),
        (PrinterStatus(True, "near_end"), ""),
        (PrinterStatus(False, "out", cover_open=True), "cover_open"),
        (PrinterStatus(False, "out"), "paper_out"),
        (PrinterStatus(online=False), "offline"),
        (PrinterStatus(True, "ok", error=True), "offline"),
    ],
)
def test_only_a_printer_that_says_it_cannot_print_is_in_trouble(status: PrinterStatus, word: str) -> None:
    assert trouble(status) == word


@pytest.fixture
def spooler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder first on the path, for a spooler of our own making."""
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path


def script_of(folder: Path, name: str, body: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)


def test_a_spooled_job_is_unconfirmed_and_arrives_raw(spooler: Path) -> None:
    script_of(spooler, "lp", f'echo "$@" > {spooler}/said; cat > {spooler}/job')

    assert CupsTransport("counter").send(JOB, timeout_s=PATIENCE_S) == Outcome(Sent.UNCONFIRMED, "spooled")
    assert (spooler / "job").read_bytes() == JOB
    assert (spooler / "said").read_text() == "-d counter -o raw -t storeapp\n"


def test_a_queue_that_does_not_exist_took_nothing(spooler: Path) -> None:
    script_of(spooler, "lp", "cat > /dev/null; echo 'lp: The printer or class does not exist.' >&2; exit 1")

    assert CupsTransport("counter").send(JOB, timeout_s=PATIENCE_S) == Outcome(Sent.NOT_STARTED, "refused")


def test_a_spooler_that_hangs_may_have_taken_the_job(spooler: Path) -> None:
    script_of(spooler, "lp", "exec sleep 600")

    assert CupsTransport("counter").send(JOB, timeout_s=0.3) == Outcome(Sent.UNCONFIRMED, "timeout")


def test_a_queue_that_is_switched_off_is_offline_and_others_say_nothing(spooler: Path) -> None:
    script_of(spooler, "lpstat", 'echo "printer $2 disabled since today -"')
    assert CupsTransport("counter").status(timeout_s=PATIENCE_S) == PrinterStatus(online=False)

    script_of(spooler, "lpstat", 'echo "printer $2 is idle. enabled since today"')
    assert CupsTransport("counter").status(timeout_s=PATIENCE_S) == PrinterStatus()


def test_a_machine_without_a_spooler_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert CupsTransport("counter").send(JOB, timeout_s=PATIENCE_S) == Outcome(Sent.NOT_STARTED, "not_found")


def test_the_windows_spooler_is_for_windows() -> None:
    assert WindowsTransport("POS-80").send(JOB, timeout_s=PATIENCE_S) == Outcome(Sent.NOT_STARTED, "not_found")
    assert status_of(0) == PrinterStatus()
    assert status_of(0x10) == PrinterStatus(False, "out")
    assert status_of(0x400000).cover_open is True


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("tcp:192.168.1.50:9100", "TcpTransport"),
        ("tcp:printer.lan", "TcpTransport"),
        ("tcp:[fe80::1]:9100", "TcpTransport"),
        ("usb:04b8:0202", "UsbTransport"),
        ("serial:/dev/ttyUSB0:9600", "SerialTransport"),
        ("serial:COM3", "SerialTransport"),
        ("file:/dev/usb/lp0", "FileTransport"),
        ("windows:XP-80C (copy 1)", "WindowsTransport"),
        ("cups:counter", "CupsTransport"),
    ],
)
def test_an_address_opens_its_cable_without_touching_it(address: str, kind: str) -> None:
    assert type(open_transport(address)).__name__ == kind


@pytest.mark.parametrize(
    "address", ["", "tcp:", "tcp:host:99999", "tcp:a b", "usb:1:2", "cups:-o", "cups:a b", "lpt:1", "paper:", "file:"]
)
def test_an_address_that_cannot_be_is_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        open_transport(address)


def test_the_built_in_paper_has_an_address_where_there_is_one() -> None:
    class Nowhere:
        def send(self, data: bytes, *, timeout_s: float) -> Outcome:
            return Outcome(Sent.CONFIRMED)

        def status(self, *, timeout_s: float) -> PrinterStatus:
            return PrinterStatus()

    paper: Transport = Nowhere()

    assert open_transport("paper:", paper=paper) is paper
