"""Feeds: rows numbered without gaps, in the very transaction of what they tell.

The counter of a feed is one row, locked until that transaction ends: whoever sees row N sees every row before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storeapp.cloud.database import Database, insert, insert_new
from storeapp.cloud.keys import Keys, seal, unseal
from storeapp.cloud.tables.feeds import feed, feed_row
from storeapp.cloud.tables.members import member
from storeapp.wire import codec, messages
from storeapp.wire.versions import PULL_BYTES, PULL_ROWS

POLICY = "policy"
CATALOG = "catalog"
ERASED = "member.erased"
_ROW_VERSION = 1


def members_of(store_id: str) -> str:
    """The feed of the members, coupons and points one store's tills know."""
    return f"members:{store_id}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row on its way into a feed. With a `data_key` it names a person, and is kept sealed."""

    feed: str
    type: str
    body: Mapping[str, Any]
    member_id: str | None = None
    data_key: bytes | None = None
    v: int = _ROW_VERSION


def append(connection: sa.Connection, tenant_id: str, rows: Sequence[Row]) -> None:
    """Adds rows to their feeds, in order; to be called last in a transaction, since it holds the counters."""
    names = sorted({row.feed for row in rows})
    empty = {"tenant_id": tenant_id, "feed_epoch": 1, "head": 0, "sum": codec.EMPTY_SUM}
    fresh = [empty | {"feed": name} for name in names]
    insert_new(connection, feed, fresh)
    for name in names:
        _append_to(connection, tenant_id, name, [row for row in rows if row.feed == name])


def _append_to(connection: sa.Connection, tenant_id: str, name: str, rows: Sequence[Row]) -> None:
    this = sa.and_(feed.c.tenant_id == tenant_id, feed.c.feed == name)
    head, total = connection.execute(sa.select(feed.c.head, feed.c.sum).where(this).with_for_update()).one()
    written = []
    for seq, row in enumerate(rows, start=head + 1):
        total = codec.feed_sum(total, [_said(seq, row)])
        text = codec.canonical(row.body)
        is_sealed = row.data_key is not None
        written.append(
            {
                "tenant_id": tenant_id,
                "feed": name,
                "seq": seq,
                "type": row.type,
                "v": row.v,
                "body": None if is_sealed else text.decode("utf-8"),
                "sealed": seal(row.data_key, text, b"feed") if row.data_key is not None else None,
                "member_id": row.member_id,
                "sum": total,
            }
        )
    insert(connection, feed_row, written)
    connection.execute(sa.update(feed).where(this).values(head=head + len(rows), sum=total))


def _said(seq: int, row: Row) -> dict[str, Any]:
    return {"seq": seq, "t": row.type, "v": row.v, "body": row.body}


def heads(database: Database, tenant_id: str, store_id: str) -> dict[str, messages.FeedHead]:
    """How far each feed of a store's till reaches."""
    names = (POLICY, CATALOG, members_of(store_id))

    def work(connection: sa.Connection) -> dict[str, messages.FeedHead]:
        asked = sa.select(feed.c.feed, feed.c.feed_epoch, feed.c.head).where(
            feed.c.tenant_id == tenant_id, feed.c.feed.in_(names)
        )
        rows = connection.execute(asked)
        found = {name: messages.FeedHead(feed_epoch=epoch, head=head) for name, epoch, head in rows}
        return {name: found.get(name, messages.FeedHead(feed_epoch=1, head=0)) for name in names}

    return database.read(tenant_id, work)


def pull(
    database: Database, keys: Keys, tenant_id: str, name: str, *, after: int, limit: int = PULL_ROWS
) -> messages.PullAnswer:
    """The rows after `after`, the first one being `after + 1`; none when the feed reaches no further."""

    def work(connection: sa.Connection) -> messages.PullAnswer:
        this = sa.and_(feed.c.tenant_id == tenant_id, feed.c.feed == name)
        found = connection.execute(sa.select(feed.c.feed_epoch, feed.c.head).where(this)).one_or_none()
        epoch, head = (1, 0) if found is None else (found.feed_epoch, found.head)
        start = min(after, head)
        # never past the head just read: a row beyond it could have come in between
        until = min(start + limit, head)
        rows = _page_of(rows_between(connection, keys, tenant_id, name, start, until))
        until = start + len(rows)
        total = _sum_at(connection, tenant_id, name, until)
        return messages.PullAnswer(
            feed_epoch=epoch, from_=start + 1 if rows else start, to=until, head=head, rows=rows, sum=total.hex()
        )

    return database.read(tenant_id, work)


def _page_of(rows: list[messages.FeedRow]) -> list[messages.FeedRow]:
    """As many of these rows as a till reads in one answer, at least one."""
    size = 0
    for count, row in enumerate(rows):
        size += len(codec.canonical(row.body))
        if count and size > PULL_BYTES:
            return rows[:count]
    return rows


def rows_between(
    connection: sa.Connection, keys: Keys, tenant_id: str, name: str, start: int, until: int
) -> list[messages.FeedRow]:
    if until <= start:
        return []
    owner = sa.and_(
        member.c.tenant_id == feed_row.c.tenant_id,
        member.c.tenant_id == tenant_id,
        member.c.member_id == feed_row.c.member_id,
    )
    asked = (
        sa.select(feed_row.c.seq, feed_row.c.type, feed_row.c.v, feed_row.c.body, feed_row.c.sealed, member.c.data_key)
        .select_from(feed_row.outerjoin(member, owner))
        .where(
            feed_row.c.tenant_id == tenant_id,
            feed_row.c.feed == name,
            feed_row.c.seq > start,
            feed_row.c.seq <= until,
        )
        .order_by(feed_row.c.seq)
    )
    opened: dict[bytes, bytes] = {}
    rows = []
    for seq, type_, v, body, sealed, wrapped in connection.execute(asked):
        text = body
        if sealed is not None:
            if wrapped not in opened:
                opened[wrapped] = keys.open_data_key(tenant_id, wrapped)
            text = unseal(opened[wrapped], sealed, b"feed")
        rows.append(messages.FeedRow(seq=seq, t=type_, v=v, body=codec.loads(_bytes(text))))
    return rows


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8") if isinstance(text, str) else text


def _sum_at(connection: sa.Connection, tenant_id: str, name: str, seq: int) -> bytes:
    if seq == 0:
        return codec.EMPTY_SUM
    asked = sa.select(feed_row.c.sum).where(
        feed_row.c.tenant_id == tenant_id, feed_row.c.feed == name, feed_row.c.seq == seq
    )
    total: bytes = connection.execute(asked).scalar_one()
    return total


def forget(connection: sa.Connection, keys: Keys, tenant_id: str, member_id: str) -> None:
    """Takes a person out of every row told so far: the row stays, and says only that somebody was erased.

    The sums after it change, so the feed begins a new epoch: tills read it again from its first row.
    Must come before the person's data key is destroyed, and before anything else is appended.
    """
    mine = sa.and_(feed_row.c.tenant_id == tenant_id, feed_row.c.member_id == member_id, feed_row.c.sealed.is_not(None))
    names = connection.execute(sa.select(feed_row.c.feed).where(mine).distinct()).scalars().all()
    said = codec.canonical({"member_id": member_id}).decode("utf-8")
    for name in sorted(names):
        this = sa.and_(feed.c.tenant_id == tenant_id, feed.c.feed == name)
        head: int = connection.execute(sa.select(feed.c.head).where(this).with_for_update()).scalar_one()
        connection.execute(
            sa.update(feed_row).where(mine, feed_row.c.feed == name).values(type=ERASED, body=said, sealed=None)
        )
        total = _sum_again(connection, keys, tenant_id, name, head)
        connection.execute(sa.update(feed).where(this).values(feed_epoch=feed.c.feed_epoch + 1, sum=total))


def _sum_again(connection: sa.Connection, keys: Keys, tenant_id: str, name: str, head: int) -> bytes:
    total = codec.EMPTY_SUM
    for start in range(0, head, PULL_ROWS):
        changed = []
        for row in rows_between(connection, keys, tenant_id, name, start, min(start + PULL_ROWS, head)):
            total = codec.feed_sum(total, [row.model_dump()])
            changed.append({"this_tenant": tenant_id, "this_feed": name, "this_seq": row.seq, "new_sum": total})
        again = (
            sa.update(feed_row)
            .where(
                feed_row.c.tenant_id == sa.bindparam("this_tenant"),
                feed_row.c.feed == sa.bindparam("this_feed"),
                feed_row.c.seq == sa.bindparam("this_seq"),
            )
            .values(sum=sa.bindparam("new_sum"))
        )
        connection.execute(again, changed)
    return total
