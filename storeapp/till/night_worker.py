"""The thread that does the night's work: soon after the start if the last night is missing, else when a day begins.

Points and gifts whose days are over end first; then the members are looked at, and coupons that are due are given.
Whoever stayed away for too long is forgotten. What is given or taken for good waits a night where the clock
jumped, and for a person where that made it another day. At last, and whatever became of all that, the ledger is
proven, what people have to look at is told, and the day's copy is made.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from storeapp.errors import StoreappError
from storeapp.till.ports import Clock, Shop
from storeapp.till.replaying import Progress, ReplayStopped

log = logging.getLogger(__name__)

FIRST_S, EVERY_S = 20.0, 300.0
"""The counter opens first: nobody needs the night in its first seconds."""
WORK_S, REST_S = 0.002, 0.008
TURN_S = 0.0005
"""How long a thread keeps its turn while another waits; Python's own five milliseconds would be felt at the counter."""


class Gentle(Progress):
    """A progress that rests: after two thousandths of a second of work the window has eight to itself.

    Threads of one process take turns, and the window takes many short ones: whoever works without a rest doubles each.
    """

    def __init__(self) -> None:
        super().__init__()
        self._since = time.perf_counter()

    def check(self) -> None:
        super().check()
        if time.perf_counter() - self._since >= WORK_S:
            time.sleep(REST_S)
            self._since = time.perf_counter()


class NightWorker:
    """Works when `layers.is_due`; `told` is called after a night, `copy` makes the day's copy unless there is one.

    Stopping it stops between two members.
    """

    def __init__(
        self,
        shop: Shop,
        *,
        clock: Clock,
        told: Callable[[], None] = lambda: None,
        copy: Callable[[], Path | None] = lambda: None,
        first_s: float = FIRST_S,
        every_s: float = EVERY_S,
    ) -> None:
        self._shop, self._clock, self._told, self._copy = shop, clock, told, copy
        self._first_s, self._every_s = first_s, every_s
        self._stopped = threading.Event()
        self._progress = Gentle()
        self._looked_at: tuple[date, tuple[int, int]] | None = None
        self._thread = threading.Thread(target=self._run, name="night", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, *, timeout_s: float = 5.0) -> None:
        self._stopped.set()
        self._progress.stop()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        wait_s = self._first_s
        while not self._stopped.wait(wait_s):
            turn_s = sys.getswitchinterval()
            sys.setswitchinterval(TURN_S)
            try:
                for work in (self._round, self._prove, self._look, self._keep):
                    self._do(work)
            finally:
                sys.setswitchinterval(turn_s)
            wait_s = self._every_s

    def _do(self, work: Callable[[], None]) -> None:
        try:
            work()
        except ReplayStopped:
            log.info("the night's work was stopped; the next start does it")
        except StoreappError as error:
            log.warning("the night's work could not be done now: %s", error.word)

    def _round(self) -> None:
        # the rooms of the night: the counter's start does not wait for them
        from storeapp.till import (
            coupon_gifts,
            layers,
            memberships,
            merging,
            outreach,
            referrals,
            segments,
            stamps,
            tiers,
        )

        if not layers.is_due(self._shop, clock=self._clock):
            return
        merging.follow_all(self._shop, clock=self._clock)
        is_sure = self._is_clock_sure()
        if is_sure:
            self._end_what_is_over()
        learned = layers.work_the_night(self._shop, clock=self._clock, watched=self._progress)
        if is_sure:
            tiers.judge_all(self._shop, clock=self._clock)
            memberships.settle_all(self._shop, clock=self._clock)
            referrals.reward_due(self._shop, clock=self._clock)
            coupon_gifts.give_due(self._shop, clock=self._clock)
        stamps.reward_due(self._shop, clock=self._clock)
        segments.tag_by_rule(self._shop, clock=self._clock, watched=self._progress)
        outreach.prepare(self._shop, clock=self._clock)
        if is_sure:
            self._forget()
        log.info("the night looked at %d members", learned.members)
        self._told()

    def _is_clock_sure(self) -> bool:
        from storeapp.till import clock_watch, layers

        if layers.has_leapt(self._shop, clock=self._clock):
            return False
        with self._shop.reading() as books:
            return not clock_watch.moves_day(books, self._clock.now())

    def _prove(self) -> None:
        from storeapp.till import proving

        if proving.is_due(self._shop, clock=self._clock):
            proof = proving.prove(self._shop, clock=self._clock, watched=self._progress)
            self._looked_at = None
            log.info("%d legs of the ledger were proven", proof.legs)

    def _look(self) -> None:
        """At the start, once a day, and when the owner has said more of custody: it counts what every member has."""
        from storeapp.till import alarms
        from storeapp.till.moments import today

        with self._shop.reading() as books:
            said = books.policy.in_force()
            custody = said.whole("stored_value.custody_fen"), said.whole("stored_value.custody_percent")
            asked = (today(books, self._clock), custody)
        if asked != self._looked_at:
            if alarms.look(self._shop, clock=self._clock):
                self._told()
            self._looked_at = asked

    def _keep(self) -> None:
        made = self._copy()
        if made is not None:
            log.info("the day's copy is %s", made)

    def _end_what_is_over(self) -> None:
        from storeapp.till import card_night, expiring, monthly_gifts, ripening

        ripe = ripening.ripen(self._shop, clock=self._clock)
        if ripe.sales:
            log.info("%d points of %d sales waited long enough", ripe.points, ripe.sales)
        ended = expiring.expire(self._shop, clock=self._clock)
        if ended.members:
            log.info("%d points and %d fen of gifts ended", ended.points, ended.bonus_fen)
        card_night.work(self._shop, clock=self._clock)
        given = monthly_gifts.grant_due(self._shop, clock=self._clock)
        if given.gifts:
            log.info("%d monthly gifts were given, %d fen", given.gifts, given.fen)

    def _forget(self) -> None:
        from storeapp.till import group_sheets, keeping

        group_sheets.forget_long_over(self._shop, clock=self._clock)
        gone = keeping.forget_due(self._shop, clock=self._clock, pause=self._progress.check)
        if gone.members:
            log.info("%d members were forgotten, last here before %s", gone.members, gone.before)
