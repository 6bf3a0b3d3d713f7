"""Push: a device's journal, kept byte for byte and in order, or not at all.

The answer says "durable here up to N, and the chain's hash there is H". It never says "accepted": whether the events
could be projected is the cloud's own business, and no till ever loses a sale over it.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storeapp.cloud import alarms
from storeapp.cloud.clock import instant
from storeapp.cloud.database import insert, insert_new
from storeapp.cloud.ingest.auth import Caller
from storeapp.cloud.posting import Posting
from storeapp.cloud.projector.project import Outcome, Projector
from storeapp.cloud.projector.work import Event, Source
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.journals import event as event_table
from storeapp.cloud.tables.journals import journal, journal_fork, quarantine
from storeapp.cloud.tables.shops import device
from storeapp.domain import journal as rules
from storeapp.errors import Refused
from storeapp.wire import codec, messages
from storeapp.wire.messages import PushAnswer, PushAsk, PushConflict, PushEvent

LOG = logging.getLogger(__name__)

# a batch of at least so many events of which more than so many of a hundred fail is a fault of ours, not of theirs
BREAKER_BATCH = 10
BREAKER_PERCENT = 20


@dataclass(eq=False)
class BadBatch(Refused):
    """The events are not numbered one after the other, or not of the device that signed."""

    word = "bad_batch"
    reason: str


def push(cloud: Cloud, caller: Caller, ask: PushAsk) -> PushAnswer | PushConflict:
    """Keeps a batch; raises BadBatch."""
    if ask.dev != caller.device_id:
        raise BadBatch("device")
    if [said.seq for said in ask.ev] != list(range(ask.from_, ask.from_ + len(ask.ev))):
        raise BadBatch("order")
    entries = _entries(ask)
    now = cloud.clock()
    return cloud.database.write(
        caller.tenant_id, lambda connection: _Batch(connection, cloud, caller, now, ask.epoch).take(ask, entries)
    )


def _entries(ask: PushAsk) -> list[rules.Entry]:
    """The entries as they were said, `prev` being the hash said before each."""
    entries = []
    prev = bytes.fromhex(ask.prev)
    for said in ask.ev:
        try:
            body = codec.unb64(said.body_b64)
        except ValueError as error:
            raise BadBatch("body") from error
        hash_ = bytes.fromhex(said.h)
        entries.append(rules.Entry(ask.dev, ask.epoch, said.seq, said.id, said.t, said.v, said.at, body, prev, hash_))
        prev = hash_
    return entries


def content_hash(entry: rules.Entry) -> bytes:
    """What an event says, wherever in a journal it stands."""
    kind = f"{entry.type}|{entry.v}|".encode("ascii")
    return hashlib.sha256(kind + hashlib.sha256(entry.body).digest()).digest()


@dataclass(frozen=True, slots=True)
class _Batch:
    connection: sa.Connection
    cloud: Cloud
    caller: Caller
    now: datetime
    epoch: int

    @property
    def tenant_id(self) -> str:
        return self.caller.tenant_id

    def take(self, ask: PushAsk, entries: Sequence[rules.Entry]) -> PushAnswer | PushConflict:
        mine = sa.and_(device.c.tenant_id == self.tenant_id, device.c.device_id == self.caller.device_id)
        row = self.connection.execute(sa.select(device).where(mine).with_for_update()).one()
        if ask.epoch != row.epoch:
            return self._forked(entries[0])
        known = [entry for entry in entries if entry.seq <= row.last_seq]
        fresh = [entry for entry in entries if entry.seq > row.last_seq]
        parted = self._first_different(known)
        if parted is not None:
            return self._forked(parted)
        if not fresh:
            return self._answer(row.last_seq, row.last_hash, [])
        if fresh[0].seq > row.last_seq + 1:
            return PushConflict(expect=row.last_seq + 1, hash=row.last_hash.hex())
        if fresh[0].prev != row.last_hash:
            return self._forked(fresh[0])
        try:
            last_seq, last_hash = rules.verify(fresh, after=row.last_seq, prev=row.last_hash)
        except rules.ChainBroken:
            return PushConflict(expect=row.last_seq + 1, hash=row.last_hash.hex())
        pii = {said.seq: said for said in ask.ev}
        flags, breaks = self._keep(row, fresh, pii)
        self.connection.execute(
            sa.update(device)
            .where(mine)
            .values(last_seq=last_seq, last_hash=last_hash, is_breaker_open=row.is_breaker_open or breaks)
        )
        return self._answer(last_seq, last_hash, flags)

    def _answer(self, seq: int, hash_: bytes, flags: Sequence[tuple[int, str]]) -> PushAnswer:
        said = [messages.Flag(seq=at, code=code) for at, code in flags]
        return PushAnswer(acked=seq, hash=hash_.hex(), now=instant(self.now), flags=said)

    def _first_different(self, known: Sequence[rules.Entry]) -> rules.Entry | None:
        if not known:
            return None
        asked = sa.select(journal.c.seq, journal.c.hash).where(
            journal.c.tenant_id == self.tenant_id,
            journal.c.device_id == self.caller.device_id,
            journal.c.epoch == self.epoch,
            journal.c.seq.between(known[0].seq, known[-1].seq),
        )
        kept = dict(self.connection.execute(asked).all())
        return next((entry for entry in known if kept.get(entry.seq) != entry.hash), None)

    def _forked(self, entry: rules.Entry) -> PushConflict:
        """The journal says something else than it said before: both are kept, and somebody must look."""
        asked = sa.select(journal_fork.c.seq).where(
            journal_fork.c.tenant_id == self.tenant_id,
            journal_fork.c.device_id == self.caller.device_id,
            journal_fork.c.epoch == entry.epoch,
            journal_fork.c.seq == entry.seq,
            journal_fork.c.hash == entry.hash,
        )
        if self.connection.execute(asked).first() is None:
            self.connection.execute(sa.insert(journal_fork), self._journal_row(entry))
            facts = {"epoch": entry.epoch, "seq": entry.seq}
            alarms.raise_alarm(
                self.connection, self.tenant_id, "fork", at=self.now, facts=facts, device_id=self.caller.device_id
            )
        return PushConflict(fork_at=entry.seq)

    def _journal_row(self, entry: rules.Entry) -> dict[str, Any]:
        return {
            "tenant_id": self.tenant_id,
            "device_id": self.caller.device_id,
            "epoch": entry.epoch,
            "seq": entry.seq,
            "event_id": entry.event_id,
            "type": entry.type,
            "v": entry.v,
            "at": entry.at,
            "body": entry.body,
            "hash": entry.hash,
            "received_at": self.now,
        }

    def _keep(
        self, row: Any, fresh: Sequence[rules.Entry], said: dict[int, PushEvent]
    ) -> tuple[list[tuple[int, str]], bool]:
        """Writes the journal and projects what is new in it; answers the flags, and whether the breaker trips."""
        insert(self.connection, journal, [self._journal_row(entry) for entry in fresh])
        flags: list[tuple[int, str]] = []
        if row.state == "revoked":
            flags.extend((entry.seq, "revoked") for entry in fresh)
        told_first = self._register(fresh, flags)
        events = [Event(e.epoch, e.seq, e.event_id, e.type, e.v, e.at, e.body, said[e.seq].pii) for e in told_first]
        if row.is_breaker_open:
            outcome = Outcome((), tuple((event, "breaker_open") for event in events))
        else:
            outcome = self._projector(row).project(events)
        self._quarantine(outcome.poison)
        flags.extend(outcome.flags)
        flags.extend((event.seq, "quarantined") for event, _ in outcome.poison)
        breaks = (
            not row.is_breaker_open
            and len(fresh) >= BREAKER_BATCH
            and len(outcome.poison) * 100 > len(fresh) * BREAKER_PERCENT
        )
        if breaks:
            LOG.error("projection of device %s is stopped", self.caller.device_id)
            facts = {"batch": len(fresh), "failed": len(outcome.poison)}
            alarms.raise_alarm(
                self.connection, self.tenant_id, "breaker", at=self.now, facts=facts, device_id=self.caller.device_id
            )
        return sorted(flags), breaks

    def _projector(self, row: Any) -> Projector:
        def new_posting() -> Posting:
            return Posting(self.connection, self.tenant_id, self.cloud.keys, self.now, self.caller.device_id)

        return Projector(Source(self.caller.device_id, row.store_id, row.till_id), self.cloud.tills, new_posting)

    def _register(self, fresh: Sequence[rules.Entry], flags: list[tuple[int, str]]) -> list[rules.Entry]:
        """The events told for the first time. One told again is not projected again; an id used for two is an alarm."""
        asked = sa.select(event_table.c.event_id, event_table.c.content_hash).where(
            event_table.c.tenant_id == self.tenant_id, event_table.c.event_id.in_([entry.event_id for entry in fresh])
        )
        told = dict(self.connection.execute(asked).all())
        first = []
        rows = []
        for entry in fresh:
            content = content_hash(entry)
            before = told.setdefault(entry.event_id, content)
            if before is not content:
                self._again(entry, flags, is_same=before == content)
                continue
            first.append(entry)
            rows.append(
                {
                    "tenant_id": self.tenant_id,
                    "event_id": entry.event_id,
                    "device_id": self.caller.device_id,
                    "epoch": entry.epoch,
                    "seq": entry.seq,
                    "content_hash": content,
                }
            )
        if rows:
            insert(self.connection, event_table, rows)
        return first

    def _again(self, entry: rules.Entry, flags: list[tuple[int, str]], *, is_same: bool) -> None:
        if is_same:
            flags.append((entry.seq, "told_before"))
            return
        flags.append((entry.seq, "id_reused"))
        facts = {"event_id": entry.event_id, "epoch": entry.epoch, "seq": entry.seq, "type": entry.type}
        alarms.raise_alarm(
            self.connection, self.tenant_id, "id_reused", at=self.now, facts=facts, device_id=self.caller.device_id
        )

    def _quarantine(self, poison: Sequence[tuple[Event, str]]) -> None:
        rows = []
        for event, error in poison:
            aside = None
            if event.pii is not None:
                said = messages.dump(event.pii)
                aside = self.cloud.keys.seal_aside(self.tenant_id, event.event_id, said)
            rows.append(
                {
                    "tenant_id": self.tenant_id,
                    "device_id": self.caller.device_id,
                    "epoch": event.epoch,
                    "seq": event.seq,
                    "event_id": event.event_id,
                    "error": error,
                    "attempts": 0 if error == "breaker_open" else 1,
                    "pii_ct": aside,
                    "first_at": self.now,
                    "last_at": self.now,
                }
            )
        insert_new(self.connection, quarantine, rows)
        mine = self.caller.device_id
        if rows and not alarms.holds(self.connection, self.tenant_id, "quarantined", mine):
            facts = {"count": len(rows), "seq": rows[0]["seq"], "error": rows[0]["error"]}
            alarms.raise_alarm(self.connection, self.tenant_id, "quarantined", at=self.now, facts=facts, device_id=mine)
