"""Transport: how a print job reaches a printer, and what can honestly be said about it afterwards.

A write that raised nothing proves nothing: a printer without paper swallows whole receipts. Only the answer to a
`GS r 1` at the end of the job is proof, so an outcome keeps "confirmed" and "unconfirmed" apart.
"""

from __future__ import annotations

import enum
from dataclasses import KW_ONLY, dataclass
from typing import Literal, Protocol

PaperLevel = Literal["ok", "near_end", "out", "unknown"]

OutcomeReason = Literal[
    "",
    "paper_out",
    "cover_open",
    "offline",
    "timeout",
    "mute",
    "broken_pipe",
    "refused",
    "not_found",
    "permission",
    "spooled",
]


class Sent(enum.Enum):
    """How far a job got. Only NOT_STARTED may be sent again without asking: the others may have printed."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    NOT_STARTED = "not_started"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one send; `reason` is empty when the job was confirmed."""

    sent: Sent
    reason: OutcomeReason = ""


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What the printer said of itself; None and "unknown" mean it kept silent, which is not the same as "no"."""

    online: bool | None = None
    paper: PaperLevel = "unknown"
    _: KW_ONLY
    cover_open: bool | None = None
    error: bool | None = None


class Transport(Protocol):
    """One printer's cable. A job is one bytes object; no call may outlast its timeout by much."""

    def send(self, data: bytes, *, timeout_s: float) -> Outcome: ...

    def status(self, *, timeout_s: float) -> PrinterStatus: ...
