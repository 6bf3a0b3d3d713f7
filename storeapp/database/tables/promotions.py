"""Promotions' tables: every word said of a promotion, and how it did on past receipts. They are only ever added to."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text, UniqueConstraint, bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.members import hers
from storeapp.database.tables.schema import key, metadata, number, words

promotion = Table(
    "promotion",
    metadata,
    key(),
    words("promotion_id"),
    number("version", "> 0"),
    words("state", of=("draft", "live", "ended")),
    words("data"),
    words("changed_at"),
    words("actor"),
    number("at_us"),
    UniqueConstraint("promotion_id", "at_us", "version", "state"),
    sqlite_strict=True,
)

promotion_replay = Table(
    "promotion_replay",
    metadata,
    key(),
    words("promotion_id"),
    number("version", "> 0"),
    words("result"),
    words("at"),
    Index("promotion_replay_of", "promotion_id", "version"),
    sqlite_strict=True,
)

promotion_use = Table(
    "promotion_use",
    metadata,
    Column("sale_id", Text, primary_key=True),
    Column("promotion_id", Text, primary_key=True),
    words("member_id", is_null=True),
    words("business_date"),
    number("times"),
    number("fen"),
    Index("promotion_use_day", "promotion_id", "business_date"),
    Index("promotion_use_member", "promotion_id", "member_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

"""How often each sale used a promotion, for its limits and its cost; a refund counts back under an id of its own."""

ADD_USE = insert(promotion_use)

_times = select(func.sum(promotion_use.c.times)).where(promotion_use.c.promotion_id == bindparam("promotion_id"))

USED_BY = _times.where(hers(promotion_use.c.member_id))

USED_ON = _times.where(promotion_use.c.business_date == bindparam("day"))

ADD = upsert(promotion).on_conflict_do_nothing(index_elements=["promotion_id", "at_us", "version", "state"])

_WORD = (
    promotion.c.promotion_id,
    promotion.c.version,
    promotion.c.data,
    promotion.c.state,
    promotion.c.changed_at,
    promotion.c.actor,
)

# the moment decides, so that an older word coming back from the cloud does not undo a newer one
TOLD = select(*_WORD).order_by(promotion.c.at_us, promotion.c.id)

TOLD_OF = TOLD.where(promotion.c.promotion_id == bindparam("promotion_id"))

NEWEST = select(func.max(promotion.c.id))

ADD_REPLAY = upsert(promotion_replay)

REPLAY_OF = (
    select(promotion_replay.c.result)
    .where(
        promotion_replay.c.promotion_id == bindparam("promotion_id"), promotion_replay.c.version == bindparam("version")
    )
    .order_by(promotion_replay.c.id.desc())
    .limit(1)
)
