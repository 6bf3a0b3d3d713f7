"""Tills: whose receipt a token is from, answered from memory and by arithmetic, without asking the database.

A forged token dies here. The list of tills is read when the program starts, grows with each enrolment, and is read
again at most once a second when a number turns up that nobody knows: another process may have enrolled it.
"""

import threading
import time
from dataclasses import dataclass

import sqlalchemy as sa

from storeapp.cloud.database import Database
from storeapp.cloud.keys import Keys
from storeapp.cloud.tables.directory import directory_till
from storeapp.domain import capture
from storeapp.domain.capture import BadToken, CaptureKey, Token

REFRESH_S = 1.0


@dataclass(frozen=True, slots=True)
class TillEntry:
    """A till by its number: where it belongs, and the newest epoch of its key."""

    tenant_id: str
    store_id: str
    till_id: str
    capture_epoch: int


class Tills:
    """The directory of tills, in memory."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database = database
        self._keys = keys
        self._lock = threading.Lock()
        self._entries: dict[int, TillEntry] = {}
        self._read_at = 0.0
        self.refresh()

    def refresh(self) -> None:
        """Reads the list of tills anew."""

        def work(connection: sa.Connection) -> dict[int, TillEntry]:
            rows = connection.execute(sa.select(directory_till)).all()
            return {
                row.till_number: TillEntry(row.tenant_id, row.store_id, row.till_id, row.capture_epoch) for row in rows
            }

        entries = self._database.read(None, work)
        with self._lock:
            self._entries = entries
            self._read_at = time.monotonic()

    def learn(self, till_number: int, entry: TillEntry) -> None:
        """A till that was enrolled just now."""
        with self._lock:
            self._entries[till_number] = entry

    def by_number(self, till_number: int, *, epoch: int = 0) -> TillEntry | None:
        """The till of this number; looks again if nobody knows it, or not yet with a key of this `epoch`."""
        found = self._entries.get(till_number)
        if found is not None and found.capture_epoch >= epoch:
            return found
        with self._lock:
            is_stale = time.monotonic() - self._read_at >= REFRESH_S
            # whoever comes next meanwhile does not read it too
            self._read_at = time.monotonic() if is_stale else self._read_at
        if is_stale:
            self.refresh()
        return self._entries.get(till_number)

    def proven(self, token: str) -> tuple[Token, TillEntry]:
        """What a token of a till enrolled here says; raises BadToken for any other."""
        head = capture.head_of(token)
        is_ours = head.version == capture.CLOUD_VERSION
        entry = self.by_number(head.till_number, epoch=head.epoch) if is_ours else None
        # the arithmetic is done for a till nobody knows, too: the answer to it must not come sooner
        tenant_id = "00000000-0000-0000-0000-000000000000" if entry is None else entry.tenant_id
        key = self._keys.capture_key(tenant_id, head.till_number, epoch=head.epoch)
        checked = capture.check(token, CaptureKey(head.version, head.epoch, head.till_number, key))
        if entry is None or head.epoch > entry.capture_epoch:
            raise BadToken
        return checked, entry
