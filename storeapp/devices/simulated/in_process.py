"""The printer without a cable: for the first run, the demo shop, training, and previews."""

from __future__ import annotations

from storeapp.devices.simulated.printer import PrinterScript, SimulatedPrinter
from storeapp.devices.transport_types import Outcome, OutcomeReason, PrinterStatus, Sent

_WILL_NOT_START: dict[PrinterScript, OutcomeReason] = {
    PrinterScript.OFFLINE: "offline",
    PrinterScript.PAPER_OUT: "paper_out",
    PrinterScript.COVER_OPEN: "cover_open",
}


class PaperTransport(SimulatedPrinter):
    """A transport whose printer is the built-in paper; it never waits, so the timeouts have nothing to do."""

    def send(self, data: bytes, *, timeout_s: float) -> Outcome:
        with self._changed:
            reason = _WILL_NOT_START.get(self.script)
            if reason is not None:
                return Outcome(Sent.NOT_STARTED, reason)
            self._take(data)
            if self.script is PrinterScript.OFFLINE:
                return Outcome(Sent.PARTIAL, "broken_pipe")
            self._end_job()
            if self.script is PrinterScript.MUTE:
                return Outcome(Sent.UNCONFIRMED, "mute")
            return Outcome(Sent.CONFIRMED)

    def status(self, *, timeout_s: float) -> PrinterStatus:
        with self._changed:
            if self.script is PrinterScript.OFFLINE:
                return PrinterStatus(online=False)
            if self.script is PrinterScript.MUTE:
                return PrinterStatus()
            state = self._state
            return PrinterStatus(state.can_print, state.paper, cover_open=state.cover_open, error=state.error)
