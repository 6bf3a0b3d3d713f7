"""Attempts' table: tries to take money and to give it back, on disk before anything is sent."""

from __future__ import annotations

from typing import get_args

from sqlalchemy import Column, Index, Table, Text, and_, bindparam, exists, or_, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.refunds import refund
from storeapp.database.tables.schema import key, metadata, number, words
from storeapp.database.tables.values import value_doc
from storeapp.domain.attempt import OPEN, REFUND_OPEN, UNSETTLED, AttemptState

attempt = Table(
    "attempt",
    metadata,
    key(),
    Column("attempt_id", Text, nullable=False, unique=True),
    words("sale_id"),
    words("provider"),
    number("fen", ">= 0"),
    words("state", of=get_args(AttemptState)),
    words("at"),
    words("kind", of=("take", "refund")),
    words("tender"),
    words("trade_number"),
    words("refund_number"),
    words("currency"),
    words("ref"),
    words("reason"),
    words("code_hash"),
    words("by"),
    words("ended_at"),
    words("used_by"),
    words("approver"),
    sqlite_strict=True,
)


def _one_of(states: tuple[AttemptState, ...]) -> str:
    return "state IN ('" + "', '".join(states) + "')"


# conditions said as SQL: a partial index only serves a query that repeats its condition to the letter
_is_take, _is_refund = text("kind = 'take'"), text("kind = 'refund'")
_is_open, _is_unsettled = text(_one_of((*OPEN, *REFUND_OPEN))), text(_one_of(UNSETTLED))
_is_unused = text("kind = 'take' AND state = 'paid' AND used_by = ''")
_is_owed = text("kind = 'refund' AND state = 'failed'")

# a number at a provider is never used twice, and a sale is never asked for twice at once: the file itself says no
Index("attempt_trade", attempt.c.trade_number, unique=True, sqlite_where=_is_take)
Index("attempt_refund", attempt.c.refund_number, unique=True, sqlite_where=_is_refund)
Index("attempt_one_open", attempt.c.sale_id, unique=True, sqlite_where=text(f"kind = 'take' AND {_one_of(OPEN)}"))
Index("attempt_open", attempt.c.state, sqlite_where=_is_open)
Index("attempt_unsettled", attempt.c.state, sqlite_where=_is_unsettled)
Index("attempt_unused", attempt.c.state, sqlite_where=_is_unused)
Index("attempt_owed_back", attempt.c.state, sqlite_where=_is_owed)
Index("attempt_document", attempt.c.sale_id)
Index("attempt_of_trade", attempt.c.trade_number)
Index("attempt_code", attempt.c.code_hash)
Index("attempt_at", attempt.c.at)

_new = upsert(attempt)
_FIXED = ("id", "attempt_id", "at", "kind", "trade_number", "refund_number")
_every = select(*(column for column in attempt.c if column.name != "id")).order_by(attempt.c.id)

PUT = _new.on_conflict_do_update(
    index_elements=["attempt_id"],
    set_={column.name: _new.excluded[column.name] for column in attempt.c if column.name not in _FIXED},
)

OPEN_ONES = _every.where(_is_open)
UNSETTLED_ONES = _every.where(_is_unsettled)
UNUSED = _every.where(_is_unused)
# a later try takes the place of the one before
_later = attempt.alias("later")
OWED_BACK = _every.where(
    and_(
        _is_owed,
        attempt.c.used_by == "",
        or_(attempt.c.sale_id.in_(select(refund.c.refund_id)), attempt.c.sale_id.in_(select(value_doc.c.doc_id))),
        ~exists().where(
            and_(
                _later.c.sale_id == attempt.c.sale_id,
                _later.c.trade_number == attempt.c.trade_number,
                _later.c.id > attempt.c.id,
            )
        ),
    )
)
BY_ID = _every.where(attempt.c.attempt_id == bindparam("attempt_id"))
BY_TRADE = _every.where(and_(attempt.c.trade_number == bindparam("trade_number"), _is_take))
REFUNDS_OF = _every.where(and_(attempt.c.trade_number == bindparam("trade_number"), _is_refund))
OF_DOCUMENT = _every.where(attempt.c.sale_id == bindparam("sale_id"))
BY_CODE = _every.where(attempt.c.code_hash == bindparam("code_hash"))
BETWEEN = _every.where(and_(attempt.c.at >= bindparam("start"), attempt.c.at < bindparam("end")))
