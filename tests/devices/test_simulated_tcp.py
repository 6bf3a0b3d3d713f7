"""The simulated LAN printer: what a till meets on port 9100."""

import socket
import time
from collections.abc import Iterator

import pytest

from storeapp.devices.simulated.printer import PrinterScript
from storeapp.devices.simulated.tcp import TcpPrinter
from tests.devices.paper.jobs import CHINESE, FONT, gbk
from tests.waiting import PATIENCE_S, no_thread_left, until

ASK_ALL = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
PROOF = b"\x1dr\x01"
TEA = CHINESE + gbk("茶 3.50\n") + b"\x1dVB\x00" + PROOF
CUP = CHINESE + gbk("杯 9.00\n") + b"\x1dVB\x00" + PROOF
LONG = CHINESE + gbk("茶 3.50\n" * 100) + b"\x1dVB\x00" + PROOF
BUFFER = 65536
# a job counts what it has understood: of a full buffer the last line may still want its end
LINE = gbk("茶 3.50\n")
MORE = LINE * 1000
SILENCE_S = 0.2


@pytest.fixture
def printer() -> Iterator[TcpPrinter]:
    with no_thread_left(), TcpPrinter(FONT, dying_after=300) as printer:
        yield printer


def call(printer: TcpPrinter) -> socket.socket:
    return socket.create_connection((printer.host, printer.port), timeout=PATIENCE_S)


def hear(line: socket.socket, count: int) -> bytes:
    heard = b""
    while len(heard) < count:
        part = line.recv(count - len(heard))
        if not part:
            break
        heard += part
    return heard


def stuff(line: socket.socket, printer: TcpPrinter) -> None:
    """Sends until nobody takes any more. A printer on a busy machine takes its time, so a pause alone proves nothing:
    it has to have a buffer full by then."""
    line.settimeout(SILENCE_S)
    line.sendall(CHINESE)
    taken = 0
    while taken < 3 * BUFFER:
        try:
            line.send(MORE)
        except TimeoutError:
            if taken + len(LINE) > BUFFER:
                return
        taken = sum(map(len, printer.jobs))


def silent(line: socket.socket) -> bool:
    line.settimeout(SILENCE_S)
    try:
        return line.recv(1) == b"never"
    except TimeoutError:
        return True
    finally:
        line.settimeout(PATIENCE_S)


def test_a_healthy_printer_answers_prints_and_proves(printer: TcpPrinter) -> None:
    with call(printer) as line:
        line.sendall(ASK_ALL)
        assert hear(line, 4).hex() == "12121212"
        line.sendall(TEA)
        assert hear(line, 1) == b"\x00"

        assert [paper.text() for paper in printer.papers] == ["茶 3.50"]
    assert printer.wait_for_jobs(1)[0].faults == ()
    assert printer.jobs == [ASK_ALL + TEA]


def test_every_cut_and_every_connection_ends_a_job(printer: TcpPrinter) -> None:
    with call(printer) as line:
        line.sendall(TEA + CUP)
        assert hear(line, 2) == b"\x00\x00"
    with call(printer) as line:
        line.sendall(CHINESE + gbk("水 1.00\n"))

    papers = printer.wait_for_jobs(3)

    assert [paper.text() for paper in papers] == ["茶 3.50", "杯 9.00", "水 1.00"]


def test_an_unfinished_job_is_blamed_when_the_connection_ends(printer: TcpPrinter) -> None:
    with call(printer) as line:
        line.sendall(CHINESE + gbk("茶 3.50\n") + b"\x1dv0\x00\x30")

    assert [str(fault.word) for fault in printer.wait_for_jobs(1)[0].faults] == ["truncated_command"]


@pytest.mark.parametrize(
    ("script", "answers"),
    [
        (PrinterScript.NEAR_END, "1212121e"),
        (PrinterScript.PAPER_OUT, "1a32127e"),
        (PrinterScript.COVER_OPEN, "1a161212"),
    ],
)
def test_the_answers_tell_the_part_it_plays(printer: TcpPrinter, script: PrinterScript, answers: str) -> None:
    printer.script = script

    with call(printer) as line:
        line.sendall(ASK_ALL)

        assert hear(line, 4).hex() == answers


def test_out_of_paper_it_swallows_the_receipt_without_a_word(printer: TcpPrinter) -> None:
    printer.script = PrinterScript.PAPER_OUT

    with call(printer) as line:
        line.sendall(TEA)

        assert silent(line)
        until(lambda: printer.papers, "it took nothing")
        assert printer.papers[0].lines == ()


def test_paper_put_back_prints_and_proves_on_the_same_connection(printer: TcpPrinter) -> None:
    printer.script = PrinterScript.PAPER_OUT
    with call(printer) as line:
        line.sendall(TEA)
        assert silent(line)

        printer.script = PrinterScript.HEALTHY

        assert hear(line, 1) == b"\x00"
    assert [paper.text() for paper in printer.wait_for_jobs(1)] == ["茶 3.50"]


def test_a_job_left_in_the_buffer_comes_out_with_new_paper_before_the_next_one_is_proven(printer: TcpPrinter) -> None:
    printer.script = PrinterScript.PAPER_OUT
    with call(printer) as line:
        line.sendall(TEA)
    with call(printer) as line:
        line.sendall(CUP)
        assert silent(line)
        until(lambda: sum(map(len, printer.jobs)) == len(TEA + CUP), "it did not take both")

        printer.script = PrinterScript.HEALTHY

        assert hear(line, 2) == b"\x00\x00"
    assert printer.papers[0].text() == "茶 3.50\n杯 9.00"


def test_a_full_buffer_stops_reading_until_there_is_paper(printer: TcpPrinter) -> None:
    printer.script = PrinterScript.PAPER_OUT
    with call(printer) as line:
        stuff(line, printer)
        taken = len(printer.jobs[0])
        # what lies between the two ends takes some more, but not for ever
        with pytest.raises(TimeoutError):
            for _ in range(10_000):
                line.send(MORE)

        printer.script = PrinterScript.OFFLINE
    printer.wait_for_jobs(1)

    swallowed = len(printer.jobs[0])
    assert BUFFER < swallowed < 3 * BUFFER
    assert swallowed - taken <= len(LINE)


def test_offline_it_refuses_callers_until_it_is_back_on_the_same_port(printer: TcpPrinter) -> None:
    port = printer.port
    printer.script = PrinterScript.OFFLINE
    with pytest.raises(ConnectionRefusedError):
        call(printer)

    printer.script = PrinterScript.HEALTHY
    with call(printer) as line:
        line.sendall(TEA)

        assert hear(line, 1) == b"\x00"
    assert printer.port == port


def test_going_offline_drops_the_connection(printer: TcpPrinter) -> None:
    with call(printer) as line:
        line.sendall(CHINESE + gbk("茶 3.50\n"))
        line.sendall(ASK_ALL)
        hear(line, 4)

        printer.script = PrinterScript.OFFLINE

        with pytest.raises(ConnectionResetError):
            line.recv(1)
    assert [paper.text() for paper in printer.wait_for_jobs(1)] == ["茶 3.50"]


def test_a_mute_printer_prints_and_never_answers(printer: TcpPrinter) -> None:
    printer.script = PrinterScript.MUTE

    with call(printer) as line:
        line.sendall(ASK_ALL + TEA)

        assert silent(line)
    assert [paper.text() for paper in printer.wait_for_jobs(1)] == ["茶 3.50"]


def test_a_dying_printer_breaks_the_pipe_and_leaves_half_a_receipt(printer: TcpPrinter) -> None:
    printer.script = PrinterScript.DYING

    with call(printer) as line:
        line.sendall(LONG)
        with pytest.raises(ConnectionError):
            hear(line, 1)
            raise ConnectionResetError  # a clean end without the proof is as good as a broken one

    papers = printer.wait_for_jobs(1)
    assert printer.jobs == [LONG[:300]]
    assert 0 < len(papers[0].lines) < 100
    assert papers[0].cuts == ()
    with pytest.raises(ConnectionRefusedError):
        call(printer)


def test_a_second_caller_is_served_when_the_first_has_gone(printer: TcpPrinter) -> None:
    with call(printer) as first, call(printer) as second:
        second.sendall(CUP)
        first.sendall(TEA)
        assert hear(first, 1) == b"\x00"
        assert silent(second)
        first.close()

        assert hear(second, 1) == b"\x00"
    assert [paper.text() for paper in printer.wait_for_jobs(2)] == ["茶 3.50", "杯 9.00"]


def test_a_caller_who_does_not_wait_for_the_answer_does_no_harm(printer: TcpPrinter) -> None:
    for _ in range(20):
        with call(printer) as line:
            line.sendall(ASK_ALL * 10 + TEA)

    assert len(printer.wait_for_jobs(20)) == 20


def test_closing_does_not_wait_for_a_caller() -> None:
    with TcpPrinter(FONT) as printer:
        line = call(printer)
        start = time.monotonic()
    took_s = time.monotonic() - start
    line.close()

    assert took_s < PATIENCE_S / 2


def test_closing_twice_is_closing_once() -> None:
    with TcpPrinter(FONT) as printer:
        printer.close()

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((printer.host, printer.port), timeout=PATIENCE_S)
