"""The simulated printer without a cable: each part it can play, told by its transport."""

import pytest

from storeapp.devices.simulated.in_process import PaperTransport
from storeapp.devices.simulated.printer import PrinterScript
from storeapp.devices.transport_types import Outcome, PrinterStatus, Sent, Transport
from tests.devices.paper.jobs import CHINESE, FONT, gbk
from tests.waiting import PATIENCE_S

TEA = CHINESE + gbk("茶 3.50\n") + b"\x1dVB\x00\x1dr\x01"
CUP = CHINESE + gbk("杯 9.00\n") + b"\x1dVB\x00\x1dr\x01"


def send(printer: Transport, job: bytes = TEA) -> Outcome:
    return printer.send(job, timeout_s=PATIENCE_S)


def test_a_healthy_printer_confirms_and_keeps_the_paper() -> None:
    printer = PaperTransport(FONT)

    assert send(printer) == Outcome(Sent.CONFIRMED)
    assert send(printer, CUP) == Outcome(Sent.CONFIRMED)

    assert [paper.text() for paper in printer.papers] == ["茶 3.50", "杯 9.00"]
    assert printer.jobs == [TEA, CUP]


@pytest.mark.parametrize(
    ("script", "outcome", "papers"),
    [
        (PrinterScript.NEAR_END, Outcome(Sent.CONFIRMED), 1),
        (PrinterScript.PAPER_OUT, Outcome(Sent.NOT_STARTED, "paper_out"), 0),
        (PrinterScript.COVER_OPEN, Outcome(Sent.NOT_STARTED, "cover_open"), 0),
        (PrinterScript.OFFLINE, Outcome(Sent.NOT_STARTED, "offline"), 0),
        (PrinterScript.MUTE, Outcome(Sent.UNCONFIRMED, "mute"), 1),
    ],
)
def test_each_part_ends_in_its_outcome(script: PrinterScript, outcome: Outcome, papers: int) -> None:
    printer = PaperTransport(FONT, script=script)

    assert send(printer) == outcome
    assert len(printer.papers) == papers


@pytest.mark.parametrize(
    ("script", "status"),
    [
        (PrinterScript.HEALTHY, PrinterStatus(True, "ok", cover_open=False, error=False)),
        (PrinterScript.NEAR_END, PrinterStatus(True, "near_end", cover_open=False, error=False)),
        (PrinterScript.PAPER_OUT, PrinterStatus(False, "out", cover_open=False, error=False)),
        (PrinterScript.COVER_OPEN, PrinterStatus(False, "ok", cover_open=True, error=False)),
        (PrinterScript.OFFLINE, PrinterStatus(False)),
        (PrinterScript.MUTE, PrinterStatus()),
    ],
)
def test_each_part_has_its_status(script: PrinterScript, status: PrinterStatus) -> None:
    assert PaperTransport(FONT, script=script).status(timeout_s=PATIENCE_S) == status


def test_a_dying_printer_leaves_half_a_receipt_and_stays_off() -> None:
    printer = PaperTransport(FONT, script=PrinterScript.DYING, dying_after=10)

    assert send(printer) == Outcome(Sent.PARTIAL, "broken_pipe")
    assert send(printer) == Outcome(Sent.NOT_STARTED, "offline")

    assert printer.jobs == [TEA[:10]]
    assert [str(fault.word) for fault in printer.papers[0].faults] == ["text_never_printed"]


def test_a_dying_printer_survives_a_job_shorter_than_its_life() -> None:
    printer = PaperTransport(FONT, script=PrinterScript.DYING, dying_after=len(TEA) + 1)

    assert [send(printer), send(printer)] == [Outcome(Sent.CONFIRMED)] * 2


def test_paper_put_back_makes_it_print_again() -> None:
    printer = PaperTransport(FONT, script=PrinterScript.PAPER_OUT)
    send(printer)

    printer.script = PrinterScript.HEALTHY

    assert send(printer, CUP) == Outcome(Sent.CONFIRMED)
    assert [paper.text() for paper in printer.papers] == ["杯 9.00"]


def test_two_receipts_in_one_job_are_two_papers() -> None:
    printer = PaperTransport(FONT)

    send(printer, TEA + CUP)

    assert [paper.text() for paper in printer.papers] == ["茶 3.50", "杯 9.00"]
    assert printer.jobs == [TEA, CUP]


def test_a_question_alone_is_no_job_and_a_kick_is() -> None:
    printer = PaperTransport(FONT)

    send(printer, b"\x10\x04\x01\x1b@\x1dr\x01")
    send(printer, b"\x1b@\x1bp\x00\x19\xfa")

    assert [len(paper.drawer_pulses) for paper in printer.papers] == [1]


def test_a_kick_behind_the_cut_belongs_to_the_receipt() -> None:
    printer = PaperTransport(FONT)

    send(printer, TEA + b"\x1bp\x00\x19\xfa")

    assert [(paper.text(), len(paper.drawer_pulses)) for paper in printer.papers] == [("茶 3.50", 1)]


def test_text_without_an_end_behind_the_cut_is_a_paper_of_its_own() -> None:
    printer = PaperTransport(FONT)

    send(printer, TEA + b"lost")

    assert printer.jobs == [TEA, b"lost"]
    assert [str(fault.word) for fault in printer.papers[1].faults] == ["text_never_printed"]


def test_only_the_newest_papers_are_kept_when_told() -> None:
    printer = PaperTransport(FONT, keep=2)

    for price in ("1.00", "2.00", "3.00"):
        send(printer, CHINESE + gbk(f"茶 {price}\n"))

    assert [paper.text() for paper in printer.papers] == ["茶 2.00", "茶 3.00"]
    assert printer.wait_for_jobs(3)


def test_the_paper_is_as_wide_and_able_as_told() -> None:
    printer = PaperTransport(FONT, width_dots=384, native_qr=False, chinese_rom=False)

    send(printer)

    assert printer.papers[0].picture().width == 384
    assert [str(fault.word) for fault in printer.papers[0].faults] == ["no_chinese_rom"]


def test_waiting_for_a_job_that_never_ends_gives_up() -> None:
    with pytest.raises(TimeoutError, match="0 of 1"):
        PaperTransport(FONT).wait_for_jobs(1, timeout_s=0.01)
