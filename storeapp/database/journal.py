"""The journal's table: what this till did, chained. It is only ever added to; a trigger refuses anything else.

An entry's place is its epoch and seq in one number, so the table needs no second index and a sale can point at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from storeapp.database.statements.journal import ACK, ACKED, ADD, AFTER, AT, HEAD
from storeapp.database.work import Row, Work
from storeapp.domain.journal import GENESIS, Entry, canonical, entry
from storeapp.errors import Broken
from storeapp.till.ports import Ids
from storeapp.till.records import Device, Unsent

SEQ_BITS = 40


@dataclass(eq=False)
class AckBeyondHead(Broken):
    """An acknowledgement of `seq`, though this till only wrote up to `head`."""

    seq: int
    head: int
    word = "ack_beyond_head"


@dataclass(eq=False)
class NotJournaled(Broken):
    """A document of this type came to the books before its entry stood in the journal."""

    type: str
    document: str
    word = "not_journaled"


def place_of(epoch: int, seq: int) -> int:
    """Where an entry lies."""
    return epoch << SEQ_BITS | seq


def entry_from(row: Row, device_id: str) -> Entry:
    """The entry a row of AT, AFTER or EVERY holds."""
    place, event_id, type_, v, at, hash_, body, prev = row
    epoch, seq = place >> SEQ_BITS, place & ((1 << SEQ_BITS) - 1)
    prev = GENESIS if seq == 1 else prev if prev is not None else b""
    return Entry(device_id, epoch, seq, str(UUID(bytes=event_id)), type_, v, at, body, prev, hash_)


class JournalTable:
    """Implements `till.ports.Journal` for the device's present epoch."""

    def __init__(self, work: Work, device: Device, ids: Ids) -> None:
        self._work = work
        self._device = device
        self._ids = ids
        self._first = place_of(device.epoch, 1)
        self._final = place_of(device.epoch + 1, 0) - 1
        self.newest: Entry | None = None

    def append(self, type_: str, body: dict[str, Any], *, at: str, v: int = 1) -> Entry:
        seq, prev = (self.newest.seq, self.newest.hash) if self.newest is not None else self.head()
        new = entry(
            prev,
            device_id=self._device.device_id,
            epoch=self._device.epoch,
            seq=seq + 1,
            event_id=self._ids.new(),
            type_=type_,
            v=v,
            at=at,
            body=canonical(body),
        )
        self._add(new)
        self.newest = new
        return new

    def _add(self, new: Entry) -> None:
        self._work.run(
            ADD,
            place=place_of(new.epoch, new.seq),
            event_id=bytes.fromhex(new.event_id.replace("-", "")),
            type=new.type,
            v=new.v,
            at=new.at,
            body=new.body,
            hash=new.hash,
        )

    def place_for(self, type_: str, key: str, value: str) -> int:
        """Where the entry lies that was written just now, of this type and with this id at `key`.

        Raises NotJournaled.
        """
        entry = self.newest
        # the body is searched, not parsed: this runs while a customer waits
        if entry is None or entry.type != type_ or f'"{key}":"{value}"'.encode() not in entry.body:
            raise NotJournaled(type_, value)
        return place_of(entry.epoch, entry.seq)

    def after(self, seq: int, *, limit: int = 100) -> tuple[Entry, ...]:
        after = place_of(self._device.epoch, seq)
        rows = self._work.all(AFTER, after=after, last=self._final, most=limit)
        return tuple(entry_from(row, self._device.device_id) for row in rows)

    def head(self) -> tuple[int, bytes]:
        row = self._work.one(HEAD, first=self._first, last=self._final)
        return (0, GENESIS) if row is None else (row[0] - self._first + 1, row[1])

    def acked(self) -> int:
        return self._work.count(ACKED, epoch=self._device.epoch)

    def ack(self, seq: int) -> None:
        head, _ = self.head()
        if not 0 <= seq <= head:
            raise AckBeyondHead(seq, head)
        self._work.run(ACK, id=1, epoch=self._device.epoch, seq=seq)

    def at(self, seq: int) -> Entry | None:
        row = self._work.one(AT, place=place_of(self._device.epoch, seq))
        return None if row is None or seq < 1 else entry_from(row, self._device.device_id)

    def unsent(self) -> Unsent:
        head, acked = self.head()[0], self.acked()
        oldest = self.at(acked + 1) if acked < head else None
        return Unsent(head - acked, None if oldest is None else oldest.at)

    def carry_over(self, epoch: int) -> None:
        seq, prev = 0, GENESIS
        while entries := self.after(seq, limit=500):
            for old in entries:
                new = entry(
                    prev,
                    device_id=old.device_id,
                    epoch=epoch,
                    seq=old.seq,
                    event_id=old.event_id,
                    type_=old.type,
                    v=old.v,
                    at=old.at,
                    body=old.body,
                )
                self._add(new)
                seq, prev = new.seq, new.hash
