"""Worker: the thread that keeps a till and its cloud together while the shop is selling.

It asks often while something is unsent, seldom otherwise, and ever more seldom while the cloud does not answer.
Nothing waits for it.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from storeapp.errors import Refused, StoreappError
from storeapp.sync.client import CloudClient
from storeapp.sync.identity import NotJoined
from storeapp.sync.push import EventStuck, Trouble
from storeapp.sync.round import sync_once
from storeapp.sync.transport import CloudBusy
from storeapp.till.ports import Clock, Shop
from storeapp.till.records import Unsent

log = logging.getLogger(__name__)

BACKOFF_FIRST_S = 0.5
BACKOFF_MOST_S = 60.0
CLOCK_WARNING_S = 120.0
_NOTHING = Unsent(0, None)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between looking for unsent work, and between rounds when there is none."""

    look_s: float = 3.0
    idle_s: float = 30.0


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the status bar shows. `word` is the last failure's, "" after a round that went well."""

    is_joined: bool = False
    is_online: bool = False
    unsent: int = 0
    oldest_unsent_at: str | None = None
    last_ok_at: datetime | None = None
    word: str = ""
    clock_offset_s: float = 0.0

    @property
    def is_clock_off(self) -> bool:
        """Whether this machine's clock is more than two minutes away from the cloud's."""
        return abs(self.clock_offset_s) > CLOCK_WARNING_S


class SyncWorker:
    """Runs rounds on a thread of its own. `connect` makes the client when the shop has joined a cloud."""

    def __init__(
        self,
        shop: Shop,
        connect: Callable[[], CloudClient],
        *,
        clock: Clock,
        chance: random.Random,
        pace: Pace = Pace(),
    ) -> None:
        self._shop = shop
        self._connect = connect
        self._clock = clock
        self._chance = chance
        self._pace = pace
        self._trouble = Trouble()
        self._client: CloudClient | None = None
        self._failures = 0
        self._state = SyncState()
        self._kicked = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def kick(self) -> None:
        """There is something to send, or the network came back: do not wait for the next round."""
        self._kicked.set()

    def stop(self, *, timeout_s: float = 15.0) -> bool:
        """Ends after the request under way; whether it has ended in that time. Nothing is lost either way."""
        self._stopping.set()
        self._kicked.set()
        client = self._client
        if client is not None:
            client.hang_up()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def state(self) -> SyncState:
        """The latest snapshot; never waits."""
        return self._state

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._kicked.clear()
            self._rest(self._one_round())
        if self._client is not None:
            self._client.close()

    def _rest(self, wait_s: float | None) -> None:
        """Waits: after a failure its backoff, otherwise until there is work or it is time again."""
        if self._stopping.is_set():
            return
        if wait_s is not None:
            # one who asked to be left alone is not kicked either
            (self._stopping if self._state.word == CloudBusy.word else self._kicked).wait(wait_s)
            return
        left_s = self._pace.idle_s
        while left_s > 0 and not self._kicked.wait(min(self._pace.look_s, left_s)):
            left_s -= self._pace.look_s
            if self._note_unsent().count:
                return

    def _one_round(self) -> float | None:
        """One round; the seconds to stay away after a failure, None after success."""
        try:
            client = self._connected()
            sync_once(self._shop, client, trouble=self._trouble)
        except NotJoined:
            self._state = replace(SyncState(), unsent=self._note_unsent().count)
            return None
        except StoreappError as error:
            return self._failed(error)
        except Exception:
            # whatever it was, the next round starts afresh and the counter goes on selling
            log.exception("a round broke off")
            return self._failed(None)
        self._failures = 0
        self._state = replace(
            self._state,
            is_joined=True,
            is_online=True,
            last_ok_at=self._clock.now(),
            word="",
            clock_offset_s=client.clock_offset_s,
        )
        self._note_unsent()
        return None

    def _connected(self) -> CloudClient:
        client = self._client or self._connect()
        self._client = client
        # stop may have come while there was no client to hang up yet
        if self._stopping.is_set():
            client.hang_up()
        return client

    def _failed(self, error: StoreappError | None) -> float:
        self._failures += 1
        is_answered = self._client is not None and isinstance(error, (Refused, CloudBusy, EventStuck))
        offset_s = self._client.clock_offset_s if self._client is not None else 0.0
        word = "broken" if error is None else error.word
        self._state = replace(self._state, is_joined=True, is_online=is_answered, word=word, clock_offset_s=offset_s)
        self._note_unsent()
        if isinstance(error, CloudBusy):
            return max(error.retry_after_s, self._backoff_s())
        return self._backoff_s()

    def _backoff_s(self) -> float:
        """Full jitter: after an outage a thousand tills must not all come back in the same second."""
        most_s = min(BACKOFF_MOST_S, BACKOFF_FIRST_S * 2 ** min(self._failures, 10))
        return max(BACKOFF_FIRST_S / 10, self._chance.uniform(0, most_s))

    def _note_unsent(self) -> Unsent:
        try:
            with self._shop.reading() as books:
                unsent = books.journal.unsent() if books.device.is_joined else _NOTHING
        except StoreappError:
            log.exception("the journal cannot be read")
            return _NOTHING
        self._state = replace(self._state, unsent=unsent.count, oldest_unsent_at=unsent.oldest_at)
        return unsent
