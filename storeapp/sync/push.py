"""Push: the journal goes up, from what the cloud holds to what the till did last.

An entry counts as sent only when the cloud has named our own hash at its number: "kept here, and it is what you
wrote". Sending twice changes nothing there, so after any doubt it is simply sent again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from storeapp.domain import journal as chain
from storeapp.domain.journal import Entry
from storeapp.domain.member import national
from storeapp.errors import Broken, Refused, StoreappError, Unavailable
from storeapp.sync.client import CloudClient, CloudRefuses, DeviceRevoked, DeviceUnknown, TooLarge
from storeapp.sync.identity import app_name
from storeapp.sync.transport import CloudSpeaksGarbage, CloudUnreachable
from storeapp.till.names import member_now
from storeapp.till.ports import Books, Shop
from storeapp.wire import codec, messages

WITH_PERSONAL_DATA = ("member.joined", "member.changed")
# the same failure at the same place so often is not the network's: something in there chokes the other side
STUCK_AFTER = 5
# what surrounds the events in a message
_ENVELOPE_BYTES = 512
_REWINDS_MAX = 3


@dataclass(eq=False)
class JournalBehind(Refused):
    """The cloud holds `cloud_seq` entries of this till, the till only `till_seq`: an older copy of it was restored."""

    cloud_seq: int
    till_seq: int
    word = "journal_behind"


@dataclass(eq=False)
class JournalForked(Refused):
    """At entry `seq` the cloud holds something else than this till wrote: two copies of one till have been selling."""

    seq: int
    word = "journal_forked"


@dataclass(eq=False)
class EventStuck(Unavailable):
    """The cloud fails over entry `seq` every time (`reason`). It is kept, and tried again by itself."""

    seq: int
    reason: str
    word = "event_stuck"


@dataclass(eq=False)
class JournalHasGap(Broken):
    """Entry `seq` should be in our journal and is not."""

    seq: int
    word = "journal_has_gap"


@dataclass(slots=True)
class Trouble:
    """What went wrong last, in which batch and how often in a row; kept between rounds."""

    first: int = 0
    last: int = 0
    word: str = ""
    times: int = 0

    @property
    def is_stuck(self) -> bool:
        return self.times >= STUCK_AFTER

    def asks_for_one(self, seq: int) -> bool:
        """Whether the entry belongs to a batch that failed so often that each goes alone: one of them is to blame."""
        return self.is_stuck and self.first <= seq <= self.last

    def failed(self, first: int, last: int, error: StoreappError) -> None:
        word = str(error)
        is_again = (first == self.first and word == self.word) or self.asks_for_one(first)
        self.first, self.last, self.word, self.times = first, last, word, self.times + 1 if is_again else 1

    def passed(self, acked: int) -> None:
        if acked >= self.last:
            self.times = 0


@dataclass(frozen=True, slots=True)
class Pushed:
    """What one push brought about: entries newly known to be kept, and up to which number."""

    count: int
    acked_seq: int


def push(shop: Shop, client: CloudClient, trouble: Trouble) -> Pushed:
    """Sends until the cloud holds everything. Raises why it could not; what was acknowledged before stays so.

    A till that was shut out still hands over what it sold; then DeviceRevoked is raised.
    """
    with shop.reading() as books:
        before = books.journal.acked()
        ask = greeting(books, now=client.now().isoformat())
    hello = client.hello(ask)
    start = _start(shop, ask, hello)
    _Sender(shop, client, hello.limits, trouble).send_from(start)
    if hello.verdict == "revoked":
        raise DeviceRevoked
    with shop.reading() as books:
        acked = books.journal.acked()
    return Pushed(acked - before, acked)


def greeting(books: Books, *, now: str) -> messages.HelloAsk:
    """How far this till is, for the cloud to compare."""
    device = books.device
    seq, hash_ = books.journal.head()
    names = ("policy", "catalog", f"members:{device.store_id}")
    cursors = (books.feeds.cursor(name) for name in names)
    return messages.HelloAsk(
        dev=device.device_id,
        epoch=device.epoch,
        last_seq=seq,
        last_hash=hash_.hex(),
        acked_seq=books.journal.acked(),
        feeds={cursor.feed: (cursor.feed_epoch, cursor.seq) for cursor in cursors if cursor is not None},
        app=app_name(),
        now=now,
        db_uuid=device.db_uuid,
    )


def _start(shop: Shop, ask: messages.HelloAsk, hello: messages.HelloAnswer) -> int:
    """The first entry to send; raises when the two journals are not one."""
    if hello.verdict == "unknown":
        raise DeviceUnknown
    there = hello.device
    if there is None:
        raise CloudSpeaksGarbage("hello")
    if hello.verdict == "fork" or there.epoch != ask.epoch:
        raise JournalForked(min(there.last_seq, ask.last_seq))
    if hello.verdict == "behind" or there.last_seq > ask.last_seq:
        raise JournalBehind(there.last_seq, ask.last_seq)
    # what we sent last may have arrived though its answer was lost
    _acknowledge(shop, there.last_seq, there.last_hash)
    return min(max(hello.push_from, 1), there.last_seq + 1)


def _acknowledge(shop: Shop, seq: int, hash_hex: str) -> None:
    """Marks everything up to `seq` as kept, if the cloud holds there what we hold; raises JournalForked if not."""
    with shop.writing() as books:
        if _hash_at(books, seq).hex() != hash_hex:
            raise JournalForked(seq)
        # a cloud restored from its backup is sent its lost tail again, but our mark never goes back
        if seq > books.journal.acked():
            books.journal.ack(seq)


def _hash_at(books: Books, seq: int) -> bytes:
    if seq == 0:
        return chain.GENESIS
    entry = books.journal.at(seq)
    if entry is None:
        raise JournalBehind(seq, books.journal.head()[0])
    return entry.hash


class _Sender:
    """Sends batches until nothing is left, going back where the cloud says it must."""

    def __init__(self, shop: Shop, client: CloudClient, limits: messages.Limits, trouble: Trouble) -> None:
        self._shop = shop
        self._client = client
        self._events = max(1, limits.events)
        self._bytes = max(1, limits.bytes)
        self._trouble = trouble
        self._rewinds = 0

    def send_from(self, start: int) -> None:
        at = start
        while True:
            ask = self._batch(at, 1 if self._trouble.asks_for_one(at) else self._events)
            if ask is None:
                return
            try:
                at = self._after(at, self._client.push(ask))
            except TooLarge as error:
                self._shrink(ask, error)
            except (CloudUnreachable, CloudSpeaksGarbage, CloudRefuses) as error:
                self._note(ask, error)
                raise

    def _after(self, at: int, answer: messages.PushAnswer | messages.PushConflict) -> int:
        """Where to go on after this answer."""
        if isinstance(answer, messages.PushConflict):
            return self._rewound(answer)
        if answer.acked < at:
            raise CloudSpeaksGarbage("acked")
        _acknowledge(self._shop, answer.acked, answer.hash)
        self._trouble.passed(answer.acked)
        self._rewinds = 0
        return answer.acked + 1

    def _rewound(self, conflict: messages.PushConflict) -> int:
        if conflict.fork_at is not None:
            raise JournalForked(conflict.fork_at)
        self._rewinds += 1
        if conflict.expect is None or conflict.expect < 1 or self._rewinds > _REWINDS_MAX:
            raise CloudSpeaksGarbage("expect")
        with self._shop.reading() as books:
            ours = _hash_at(books, conflict.expect - 1)
        if conflict.hash is not None and conflict.hash != ours.hex():
            raise JournalForked(conflict.expect - 1)
        return conflict.expect

    def _shrink(self, ask: messages.PushAsk, error: TooLarge) -> None:
        if len(ask.ev) == 1:
            raise EventStuck(ask.from_, error.word) from error
        self._events = len(ask.ev) // 2

    def _note(self, ask: messages.PushAsk, error: CloudUnreachable | CloudSpeaksGarbage | CloudRefuses) -> None:
        # no connection at all says nothing about what would have been sent over it
        if isinstance(error, CloudUnreachable) and error.reason in ("unconnected", "untrusted", "hung_up"):
            return
        self._trouble.failed(ask.from_, ask.ev[-1].seq, error)
        if self._trouble.is_stuck and len(ask.ev) == 1:
            raise EventStuck(ask.from_, error.word) from error

    def _batch(self, at: int, most: int) -> messages.PushAsk | None:
        with self._shop.reading() as books:
            device = books.device
            entries = books.journal.after(at - 1, limit=most)
            if not entries:
                return None
            if entries[0].seq != at:
                raise JournalHasGap(at)
            events = _fitting(books, entries, self._bytes - _ENVELOPE_BYTES)
        return messages.PushAsk(
            dev=device.device_id, epoch=device.epoch, from_=at, prev=entries[0].prev.hex(), ev=events
        )


def _fitting(books: Books, entries: Sequence[Entry], room: int) -> list[messages.PushEvent]:
    """The first entries that fit into `room` bytes; always at least one."""
    events: list[messages.PushEvent] = []
    for entry in entries:
        try:
            event = _event(books, entry)
        except ValidationError as error:
            if events:
                break
            raise EventStuck(entry.seq, "not_a_message") from error
        room -= len(messages.dump(event)) + 1
        if events and room < 0:
            break
        events.append(event)
    return events


def _event(books: Books, entry: Entry) -> messages.PushEvent:
    return messages.PushEvent(
        seq=entry.seq,
        id=entry.event_id,
        t=entry.type,
        v=entry.v,
        at=entry.at,
        body_b64=codec.b64(entry.body),
        h=entry.hash.hex(),
        pii=_personal(books, entry),
    )


def _personal(books: Books, entry: Entry) -> messages.Personal | None:
    """Her particulars as they are now; None once she is erased, for then nobody may tell.

    Whoever became another before she was told of has none of her own left: who stays tells all numbers of both.
    """
    if entry.type == "member.merged":
        member = member_now(books, str(json.loads(entry.body)["kept"]))
        others = None if member is None else [national(phone) for phone in member.other_phones]
    elif entry.type in WITH_PERSONAL_DATA:
        member, others = books.members.by_id(str(json.loads(entry.body)["member_id"])), None
    else:
        return None
    return None if member is None else messages.Personal(phone=national(member.phone), name=member.name, others=others)
