"""Attempts' table: tries to take money, on disk before anything is sent."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.schema import key, metadata, number, words
from storeapp.database.work import Sql, Work
from storeapp.till.ports import Attempt

attempt = Table(
    "attempt",
    metadata,
    key(),
    Column("attempt_id", Text, nullable=False, unique=True),
    words("sale_id"),
    words("provider"),
    number("fen", ">= 0"),
    words("state", of=("sent", "paid", "refused", "unknown")),
    words("at"),
    sqlite_strict=True,
)

_new = upsert(attempt)
PUT = Sql(
    _new.on_conflict_do_update(
        index_elements=["attempt_id"],
        set_={name: _new.excluded[name] for name in ("sale_id", "provider", "fen", "state", "at")},
    )
)
UNSETTLED = Sql(
    select(*(column for column in attempt.c if column.name != "id"))
    .where(or_(attempt.c.state == "sent", attempt.c.state == "unknown"))
    .order_by(attempt.c.id)
)


class AttemptTable:
    """Implements `till.ports.Attempts`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def put(self, attempt: Attempt) -> None:
        self._work.run(
            PUT,
            id=None,
            attempt_id=attempt.attempt_id,
            sale_id=attempt.sale_id,
            provider=attempt.provider,
            fen=attempt.fen,
            state=attempt.state,
            at=attempt.at,
        )

    def unsettled(self) -> tuple[Attempt, ...]:
        return tuple(Attempt(*row) for row in self._work.all(UNSETTLED))
