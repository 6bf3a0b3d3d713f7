"""CUPS: a queue of the system's spooler. It takes a job at once and prints when it likes, so nothing is proven."""

from __future__ import annotations

import os
import subprocess

from storeapp.devices.transport_types import Outcome, PrinterStatus, Sent


class CupsTransport:
    """The queue `queue`, given the bytes as they are."""

    def __init__(self, queue: str) -> None:
        self._queue = queue

    def send(self, data: bytes, *, timeout_s: float) -> Outcome:
        command = ["lp", "-d", self._queue, "-o", "raw", "-t", "storeapp"]
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=timeout_s, check=False)
        except FileNotFoundError:
            return Outcome(Sent.NOT_STARTED, "not_found")
        except subprocess.TimeoutExpired:
            # the spooler may have taken it
            return Outcome(Sent.UNCONFIRMED, "timeout")
        return Outcome(Sent.NOT_STARTED, "refused") if done.returncode else Outcome(Sent.UNCONFIRMED, "spooled")

    def status(self, *, timeout_s: float) -> PrinterStatus:
        try:
            done = subprocess.run(
                ["lpstat", "-p", self._queue],
                capture_output=True,
                timeout=timeout_s,
                check=False,
                env={**os.environ, "LC_ALL": "C"},
            )
        except (FileNotFoundError, subprocess.TimeoutExpired):
            return PrinterStatus()
        if done.returncode or b" disabled" in done.stdout:
            return PrinterStatus(online=False)
        return PrinterStatus()
