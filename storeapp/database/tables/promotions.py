"""Promotions' tables: every word said of a promotion, and how it did on past receipts. They are only ever added to."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

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
