"""Status: what the printer answers, and what it can not do while it can not print."""

import pytest

from storeapp.devices.paper.paper import Paper
from storeapp.devices.paper.records import PrinterState
from tests.devices.paper.jobs import CHINESE, FONT, extended, gbk, qr

ASK_ALL = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
RECEIPT = CHINESE + gbk("茶 3.50\n") + b"\x1dVB\x00"
PROOF = b"\x1dr\x01"


def paper(state: PrinterState) -> Paper:
    made = Paper(384, font_path=FONT)
    made.state = state
    return made


@pytest.mark.parametrize(
    ("state", "answers"),
    [
        (PrinterState(), "12 12 12 12"),
        (PrinterState(paper="near_end"), "12 12 12 1e"),
        (PrinterState(paper="out"), "1a 32 12 7e"),
        (PrinterState(cover_open=True), "1a 16 12 12"),
        (PrinterState(offline=True), "1a 12 12 12"),
        (PrinterState(error=True), "1a 52 1a 12"),
        (PrinterState(drawer_open=True), "16 12 12 12"),
    ],
)
def test_the_real_time_answers_tell_the_state(state: PrinterState, answers: str) -> None:
    asked = paper(state)

    asked.feed(ASK_ALL)

    answer = asked.answer()
    assert answer.hex(" ") == answers
    assert all(byte & 0x93 == 0x12 for byte in answer)


def test_an_answer_is_given_once() -> None:
    asked = paper(PrinterState())
    asked.feed(PROOF)

    assert (asked.answer(), asked.answer()) == (b"\x00", b"")


@pytest.mark.parametrize(
    ("state", "question", "answer"),
    [
        (PrinterState(), b"\x1dr\x01", "00"),
        (PrinterState(paper="near_end"), b"\x1dr1", "03"),
        (PrinterState(drawer_open=True), b"\x1dr\x02", "01"),
        (PrinterState(), b"\x1da\xff", "10 00 00 00"),
        (PrinterState(cover_open=True, paper="near_end"), b"\x1da\xff", "38 00 03 00"),
        (PrinterState(), b"\x1da\x00", ""),
        (PrinterState(), extended("H", b"00J042"), "37 22 4a 30 34 32 00"),
    ],
)
def test_the_answers_in_turn_tell_the_state(state: PrinterState, question: bytes, answer: str) -> None:
    asked = paper(state)

    asked.feed(question)

    assert asked.answer().hex(" ") == answer
    assert asked.faults == ()


@pytest.mark.parametrize(
    "state",
    [PrinterState(paper="out"), PrinterState(cover_open=True), PrinterState(offline=True), PrinterState(error=True)],
)
def test_a_printer_that_can_not_print_takes_the_job_and_proves_nothing(state: PrinterState) -> None:
    out = paper(state)

    out.feed(RECEIPT + PROOF)

    assert out.is_waiting
    assert out.answer() == b""
    assert (out.lines, out.cuts) == ((), ())


def test_paper_put_back_prints_what_waited_and_then_proves_it() -> None:
    out = paper(PrinterState(paper="out"))
    out.feed(RECEIPT + PROOF)

    out.state.paper = "ok"

    assert out.answer() == b"\x00"
    assert out.text() == "茶 3.50"
    assert not out.is_waiting


def test_real_time_questions_overtake_what_waits() -> None:
    out = paper(PrinterState(paper="out"))

    out.feed(RECEIPT + PROOF + b"\x10\x04\x04")

    assert out.answer() == b"\x7e"


def test_the_proof_comes_with_a_healthy_printer() -> None:
    healthy = paper(PrinterState())

    healthy.feed(RECEIPT)
    assert healthy.answer() == b""
    healthy.feed(PROOF)

    assert healthy.answer() == b"\x00"


def test_a_kick_before_any_print_opens_the_drawer_without_paper() -> None:
    out = paper(PrinterState(paper="out"))

    out.feed(b"\x1b@\x1bp\x00\x19\xfa" + RECEIPT)

    assert len(out.drawer_pulses) == 1


def test_a_kick_behind_print_waits_for_paper_and_a_real_time_one_does_not() -> None:
    out = paper(PrinterState(paper="out"))

    out.feed(RECEIPT + b"\x1bp\x00\x19\xfa")
    waiting = out.drawer_pulses
    out.feed(b"\x10\x14\x01\x00\x01")

    assert waiting == ()
    assert [pulse.on_ms for pulse in out.drawer_pulses] == [100]


def test_the_question_inside_a_code_s_data_is_not_answered() -> None:
    asked = paper(PrinterState())

    asked.feed(CHINESE + b"\n" + qr(b"\x10\x04\x01"))

    assert asked.answer() == b""


def test_a_job_still_waiting_at_its_end_is_not_blamed() -> None:
    out = paper(PrinterState(paper="out"))

    out.feed(RECEIPT)
    out.close()

    assert out.faults == ()
