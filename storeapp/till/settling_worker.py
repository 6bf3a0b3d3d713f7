"""The thread that brings payments to their end while nobody looks: at the start what a crash left, then the list."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from storeapp.errors import StoreappError
from storeapp.till import paying, paying_back
from storeapp.till.paying import Providers
from storeapp.till.ports import Clock, Shop

log = logging.getLogger(__name__)

EVERY_S = 60.0


@dataclass(eq=False)
class _Stopped(Exception):
    """The till is closing while a provider is waited for: the next start goes on from the books."""


class _Pace:
    """Waits that end when the till closes."""

    def __init__(self, stopped: threading.Event) -> None:
        self._stopped = stopped

    def wait(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise _Stopped

    def elapsed(self) -> float:
        return time.monotonic()


class SettlingWorker:
    """Asks about what is open at the start, and every minute about the suspense list and unclear refunds.

    `first` is done before anything is asked, in the same thread; `told` is called after a round that changed something.
    """

    def __init__(
        self,
        shop: Shop,
        providers: Providers,
        *,
        clock: Clock,
        first: Callable[[], None] = lambda: None,
        told: Callable[[], None] = lambda: None,
        every_s: float = EVERY_S,
    ) -> None:
        self._shop, self._providers, self._clock = shop, providers, clock
        self._first, self._told, self._every_s = first, told, every_s
        self._stopped = threading.Event()
        self._pace = _Pace(self._stopped)
        self._thread = threading.Thread(target=self._run, name="settling", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, *, timeout_s: float = 5.0) -> None:
        self._stopped.set()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            self._first()
            self._round(is_first=True)
            while not self._stopped.wait(self._every_s):
                self._round(is_first=False)
        except _Stopped:
            log.info("payments are left as they stand; the next start goes on")

    def _round(self, *, is_first: bool) -> None:
        try:
            # while the counter is open, what is open is being followed by whoever began it
            news = bool(is_first and paying.resume(self._shop, self._providers, clock=self._clock, pace=self._pace))
            news |= self._finished_top_ups()
            news |= bool(paying.ask_suspense(self._shop, self._providers, clock=self._clock))
            refunds = paying_back.resume_refunds(self._shop, self._providers, clock=self._clock, pace=self._pace)
            news |= any(refund.state not in ("refund_sent", "refund_unknown") for refund in refunds)
        except StoreappError as error:
            log.warning("payments could not be settled now: %s", error.word)
            return
        if news:
            self._told()

    def _finished_top_ups(self) -> bool:
        # a till that starts has none to finish, as a rule
        with self._shop.reading() as books:
            if not any(one.is_for_top_up for one in books.attempts.unused()):
                return False
        from storeapp.till import coded_top_ups
        from storeapp.till.clock import RandomIds

        return bool(coded_top_ups.finish(self._shop, clock=self._clock, ids=RandomIds()))
