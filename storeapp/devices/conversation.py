"""Conversation: a job down a cable, and what the printer says back.

Three questions matter. GS r 1 at the end of a job is answered when everything before it is printed; DLE EOT 1 to 4 are
answered at once whatever waits; and silence is not an answer, neither yes nor no.
"""

from __future__ import annotations

import time
from typing import Protocol

from storeapp.devices.transport_types import Outcome, OutcomeReason, PaperLevel, PrinterStatus, Sent

CONFIRM = b"\x1dr\x01"
"""GS r 1 at a job's end asks for the proof."""
_STATUS_QUESTIONS = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
_CHUNK_BYTES = 2048
_LAST_WORD_S = 0.5


class WriteUncertain(Exception):
    """The cable stalled in mid-write and does not say how much went through."""


class Line(Protocol):
    """An open cable. Both calls raise OSError when it is cut."""

    def write(self, data: bytes, timeout_s: float) -> int:
        """How much was taken, 0 if nothing was in time; raises WriteUncertain if that can not be known."""
        ...

    def read(self, timeout_s: float) -> bytes | None:
        """What came, empty if nothing did in time; None if this cable never brings answers."""
        ...


def deliver(line: Line, data: bytes, *, timeout_s: float) -> Outcome:
    """Writes a job and waits for its proof if it asks for one. NOT_STARTED only if not a byte was taken."""
    deadline = time.monotonic() + timeout_s
    written = 0
    while written < len(data):
        left = deadline - time.monotonic()
        try:
            taken = line.write(data[written : written + _CHUNK_BYTES], left) if left > 0 else 0
        except WriteUncertain:
            return Outcome(Sent.PARTIAL, "timeout")
        except OSError:
            return Outcome(Sent.PARTIAL if written else Sent.NOT_STARTED, "broken_pipe")
        if not taken:
            return Outcome(Sent.PARTIAL if written else Sent.NOT_STARTED, "timeout")
        written += taken
    if not data.endswith(CONFIRM):
        return Outcome(Sent.UNCONFIRMED)
    return _proven(line, deadline)


def ask_status(line: Line, *, timeout_s: float) -> PrinterStatus:
    """What the printer says of itself now."""
    deadline = time.monotonic() + timeout_s
    answer = b""
    try:
        if line.write(_STATUS_QUESTIONS, timeout_s) < len(_STATUS_QUESTIONS):
            return PrinterStatus()
        while len(answer) < 4 and (left := deadline - time.monotonic()) > 0:
            came = line.read(left)
            if came is None:
                break
            answer += bytes(byte for byte in came if _is_status(byte))
    except (OSError, WriteUncertain):
        return PrinterStatus() if not answer else read_status(answer)
    return read_status(answer)


def read_status(answer: bytes) -> PrinterStatus:
    """The four bytes that answer DLE EOT 1 to 4; those missing mean nothing."""
    one, two, three, four = (*answer[:4], None, None, None, None)[:4]
    paper: PaperLevel = "unknown"
    if four is not None:
        paper = "out" if four & 0x60 else "near_end" if four & 0x0C else "ok"
    elif two is not None and two & 0x20:
        paper = "out"
    return PrinterStatus(
        online=None if one is None else not one & 0x08,
        paper=paper,
        cover_open=None if two is None else bool(two & 0x04),
        error=None if three is None else bool(three & 0x6C),
    )


def trouble(status: PrinterStatus) -> OutcomeReason:
    """Why a printer of this status will not print; empty if it does not say that it will not."""
    if status.cover_open:
        return "cover_open"
    if status.paper == "out":
        return "paper_out"
    if status.online is False or status.error:
        return "offline"
    return ""


def _is_status(byte: int) -> bool:
    """Bits 1 and 4 set, 0 and 7 clear: how an answer is told from noise."""
    return byte & 0x93 == 0x12


def _is_proof(byte: int) -> bool:
    """Bits 4 and 7 clear. XON and XOFF have bit 4 set, and so has every DLE EOT answer."""
    return byte & 0x90 == 0


def _proven(line: Line, deadline: float) -> Outcome:
    try:
        while (left := deadline - time.monotonic()) > 0:
            came = line.read(left)
            if came is None:
                return Outcome(Sent.UNCONFIRMED, "mute")
            if any(_is_proof(byte) for byte in came):
                return Outcome(Sent.CONFIRMED)
    except OSError:
        return Outcome(Sent.UNCONFIRMED, "broken_pipe")
    status = ask_status(line, timeout_s=_LAST_WORD_S)
    if status == PrinterStatus():
        return Outcome(Sent.UNCONFIRMED, "mute")
    return Outcome(Sent.UNCONFIRMED, trouble(status) or "timeout")
