"""Print jobs: one job, one state; a job that may have printed is never sent again by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

JobState = Literal["queued", "sending", "done", "unconfirmed", "failed"]
JobKind = Literal[
    "receipt", "copy", "drawer", "test", "why", "unclear", "x", "z", "value", "debt", "gift", "card", "group",
    "transfer",
]  # fmt: skip

COLUMN_DOTS = 12
"""Of one column of print, half a Chinese character wide."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Paper owed. `copy` counts reprints of the receipt from 1, 0 is the original; `reason` is a closed word.

    `receipt` is the number of what is printed: a receipt's, for an X the shift's, for a Z its own, for the slip of a
    debt, a gift or a transfer the id of its entry in the ledger, for a pick-up slip the order's.
    """

    job_id: str
    kind: JobKind
    printer: str
    state: JobState
    created_at: str
    receipt: str = ""
    copy: int = 0
    reason: str = ""
    asked: bool = False

    @property
    def may_have_printed(self) -> bool:
        """True if some of it may be on paper: then only a person may decide to print it again."""
        return self.state in ("sending", "unconfirmed")
