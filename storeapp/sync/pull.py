"""Pull: the feeds come down, row by row without a gap, each batch together with the cursor behind it.

The running sum says at once when the two sides hold different rows; then the feed is read again from its beginning.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime

from storeapp.sync import rows as apply_rows
from storeapp.sync.client import CloudClient
from storeapp.sync.rows import OwnWork
from storeapp.sync.transport import CloudSpeaksGarbage, CloudUnreachable
from storeapp.till.ports import Shop
from storeapp.till.records import Cursor
from storeapp.wire import codec, messages
from storeapp.wire.messages import FeedRow

log = logging.getLogger(__name__)

POLICY = "policy"
CATALOG = "catalog"
# rows of one local transaction: short enough for a sale to slip in between two
BATCH_ROWS = 100
# pages read ahead before anything is written, so that a price changed twice is written once
PAGES_AHEAD = 20
_TRIES = 3


class Diverged(Exception):
    """The cursor does not fit the feed: it has begun anew, or holds other rows than were read from it."""


@dataclass(slots=True)
class Reading:
    """Rows read and proven, not yet written; `sums[n]` is the running sum after `rows[n]`."""

    start: Cursor
    end: Cursor
    rows: list[FeedRow] = field(default_factory=list)
    sums: list[str] = field(default_factory=list)
    is_complete: bool = False


def feeds_of(store_id: str) -> tuple[str, ...]:
    """The feeds a till of that store reads."""
    return (POLICY, CATALOG, f"members:{store_id}")


def pull(shop: Shop, client: CloudClient) -> int:
    """Reads every feed to its end; returns how many rows came. What was written before a failure stays."""
    with shop.reading() as books:
        names = feeds_of(books.device.store_id)
    return sum(pull_feed(shop, client, name) for name in names)


def pull_feed(shop: Shop, client: CloudClient, name: str) -> int:
    """Reads one feed to its end; returns how many rows came."""
    with shop.reading() as books:
        standing = books.feeds.cursor(name)
    beginning = Cursor(name, 0, 0, codec.EMPTY_SUM.hex())
    cursor = standing or beginning
    count = 0
    has_restarted = is_complete = False
    while not is_complete:
        try:
            reading = _read_ahead(client, cursor)
        except Diverged:
            if has_restarted:
                raise CloudSpeaksGarbage("sum") from None
            log.info("feed %s is read again from its beginning", name)
            has_restarted, cursor = True, beginning
            continue
        if not _write(shop, reading, standing, now=client.now()):
            # somebody else read on meanwhile
            break
        count += len(reading.rows)
        standing = cursor = reading.end
        is_complete = reading.is_complete
    return count


def _read_ahead(client: CloudClient, start: Cursor) -> Reading:
    found = Reading(start, start)
    for _ in range(PAGES_AHEAD):
        page = _page(client, found.end)
        _check(page, found.end)
        total = bytes.fromhex(found.end.sum)
        for row in page.rows:
            total = codec.feed_sum(total, [row.model_dump()])
            found.sums.append(total.hex())
        if total.hex() != page.sum:
            raise Diverged
        found.rows.extend(page.rows)
        found.end = replace(found.end, feed_epoch=page.feed_epoch, seq=page.to, sum=page.sum)
        if page.to == page.head:
            found.is_complete = True
            break
    return found


def _page(client: CloudClient, cursor: Cursor) -> messages.PullAnswer:
    for _ in range(_TRIES - 1):
        try:
            return client.pull(cursor.feed, after=cursor.seq)
        except CloudUnreachable as error:
            # a line that broke is worth another try; one that is silent has taken its time already
            if error.reason != "broken_off":
                raise
    return client.pull(cursor.feed, after=cursor.seq)


def _check(page: messages.PullAnswer, cursor: Cursor) -> None:
    """Raises Diverged when the page follows another past than ours, CloudSpeaksGarbage when it follows nothing."""
    if cursor.seq and (page.feed_epoch != cursor.feed_epoch or page.head < cursor.seq or not cursor.sum):
        raise Diverged
    seqs = [row.seq for row in page.rows]
    if seqs != list(range(cursor.seq + 1, cursor.seq + 1 + len(seqs))):
        raise CloudSpeaksGarbage("gap")
    if page.to != cursor.seq + len(seqs) or page.to > page.head or (not seqs and page.head > page.to):
        raise CloudSpeaksGarbage("page")


def _write(shop: Shop, reading: Reading, standing: Cursor | None, *, now: datetime) -> bool:
    """Writes batch by batch while the cursor stands where we left it; False when it does not any more."""
    own = _own_work(shop)
    rows = apply_rows.settled(reading.rows)
    for first in range(0, max(len(rows), 1), BATCH_ROWS):
        batch = rows[first : first + BATCH_ROWS]
        end = first + len(batch)
        reached = replace(reading.end, seq=batch[-1].seq, sum=reading.sums[end - 1]) if batch else reading.end
        if reached == standing:
            continue
        with shop.writing() as books:
            if books.feeds.cursor(reached.feed) != standing:
                return False
            apply_rows.apply(books, batch, own, now=now)
            books.feeds.move(reached)
        standing = reached
    return True


def _own_work(shop: Shop) -> OwnWork:
    with shop.reading() as books:
        own = OwnWork(books.journal.acked(), set())
        own.look_on(books)
    return own
