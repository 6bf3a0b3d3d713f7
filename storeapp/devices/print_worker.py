"""Print worker: one thread a printer, which takes what is queued and says honestly what became of it.

A job is marked as being sent, and that is committed, before its first byte leaves. After that it is never sent again
by itself. A printer that says beforehand that it cannot print keeps the job in the queue.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from storeapp.devices.conversation import CONFIRM, trouble
from storeapp.devices.transport_types import Outcome, OutcomeReason, PrinterStatus, Sent, Transport
from storeapp.domain.printing import PrintJob
from storeapp.till import printing
from storeapp.till.ports import Clock, Shop

Condition = Literal["idle", "printing", "held"]
Render = Callable[[PrintJob], bytes]

_log = logging.getLogger(__name__)
_STATUS_S = 0.6
_SEND_S = 20.0
_SLOWEST_CABLE_BYTES_PER_S = 800
_POLL_S = 2.0
_BACKOFF_S = (1.0, 2.0, 4.0, 8.0, 15.0)
_AFTER_TROUBLE_S = 5.0
_SILENT_ENOUGH = 2
# how a sent job ends on a printer that is not known to give proof: nothing went wrong as far as anybody can tell
_NO_NEWS: frozenset[OutcomeReason] = frozenset({"", "mute", "spooled"})
BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class PrinterNews:
    """How the printer is doing. `held`: `job` waits for the `reason`, a word such as `paper_out`, to go away."""

    condition: Condition
    reason: str = ""
    job: PrintJob | None = None


class PrintWorker:
    """Empties the queue of one printer. `on_news` is called in the worker's thread whenever the news changes."""

    def __init__(
        self,
        shop: Shop,
        transport: Transport,
        render: Render,
        *,
        clock: Clock,
        printer: str = printing.RECEIPT_PRINTER,
        on_news: Callable[[PrinterNews], None] = lambda news: None,
        on_finished: Callable[[PrintJob], None] = lambda job: None,
    ) -> None:
        self._shop = shop
        self._transport = transport
        self._render = render
        self._clock = clock
        self._printer = printer
        self._on_news = on_news
        self._on_finished = on_finished
        self._news: PrinterNews | None = None
        self._held_times = 0
        self._silent_times = 0
        self._wake = threading.Event()
        self._stopping = False
        # a cable that hangs must not keep the program from ending: the job is asked about at the next start
        self._thread = threading.Thread(target=self._run, name=f"print-{printer}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There may be something to print, or the printer may be well again: look now."""
        self._held_times = 0
        self._wake.set()

    def stop(self, *, timeout_s: float = 5.0) -> bool:
        """Finishes the job under way and ends; False if it is still busy after the timeout."""
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def step(self) -> float:
        """Deals with one job; returns how many seconds to rest before the next look."""
        job = printing.next_job(self._shop, printer=self._printer)
        if job is None:
            self._held_times = 0
            self._tell(PrinterNews("idle"))
            return _POLL_S
        if printing.is_too_old(job, self._clock.now()):
            self._end(job, "failed", printing.TOO_OLD)
            return 0.0
        reason = "" if job.kind == "drawer" else self._trouble()
        if reason:
            return self._hold(job, reason)
        data = self._rendered(job)
        if data is None:
            return 0.0
        taken = printing.take(self._shop, job.job_id)
        if taken is None:
            return 0.0
        self._tell(PrinterNews("printing", job=taken))
        return self._close(taken, self._sent(data), asked_for_proof=data.endswith(CONFIRM))

    def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                rest_s = self.step()
            except Exception:  # noqa: BLE001  # the thread outlives whatever the database or a callback throws at it
                _log.exception("print worker %s", self._printer)
                rest_s = _AFTER_TROUBLE_S
            if not self._stopping and rest_s:
                self._wake.wait(rest_s)

    def _trouble(self) -> str:
        if self._silent_times >= _SILENT_ENOUGH:
            # it never answers: asking again would only keep every customer waiting
            return ""
        status = self._transport.status(timeout_s=_STATUS_S)
        self._silent_times = self._silent_times + 1 if status == PrinterStatus() else 0
        return trouble(status)

    def _hold(self, job: PrintJob, reason: str) -> float:
        self._silent_times = 0
        printing.hold(self._shop, job, reason)
        self._tell(PrinterNews("held", reason, job))
        rest_s = _BACKOFF_S[min(self._held_times, len(_BACKOFF_S) - 1)]
        self._held_times += 1
        return rest_s

    def _rendered(self, job: PrintJob) -> bytes | None:
        try:
            return self._render(job)
        except Exception:  # noqa: BLE001  # one receipt that cannot be set must not stop those behind it
            _log.exception("rendering print job %s", job.job_id)
            self._end(job, "failed", BROKEN)
            return None

    def _sent(self, data: bytes) -> Outcome | None:
        try:
            return self._transport.send(data, timeout_s=_SEND_S + len(data) / _SLOWEST_CABLE_BYTES_PER_S)
        except Exception:  # noqa: BLE001  # nobody knows how far it got, which is what None says
            _log.exception("sending to printer %s", self._printer)
            return None

    def _close(self, job: PrintJob, outcome: Outcome | None, *, asked_for_proof: bool) -> float:
        if outcome is None:
            self._end(job, "unconfirmed", BROKEN)
        elif outcome.sent is Sent.NOT_STARTED:
            return self._hold(job, outcome.reason)
        elif outcome.sent is Sent.CONFIRMED or (job.kind == "drawer" and outcome.sent is Sent.UNCONFIRMED):
            self._end(job, "done", "")
        else:
            is_news = outcome.sent is Sent.PARTIAL or asked_for_proof or outcome.reason not in _NO_NEWS
            self._end(job, "unconfirmed", outcome.reason, asks=is_news)
        self._held_times = 0
        return 0.0

    def _end(
        self, job: PrintJob, state: Literal["done", "unconfirmed", "failed"], reason: str, *, asks: bool = True
    ) -> None:
        self._on_finished(printing.finish(self._shop, job, state, reason=reason, asks=asks))

    def _tell(self, news: PrinterNews) -> None:
        if news != self._news:
            self._news = news
            self._on_news(news)
