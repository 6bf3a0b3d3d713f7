"""Baskets' tables: the unfinished one, and those put aside."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Column, Table, Text, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.schema import key, metadata, number, only_row, words
from storeapp.database.work import Row, Sql, Work
from storeapp.till.ports import Parked

current_basket = Table("current_basket", metadata, only_row(), words("data"), sqlite_strict=True)
parked_basket = Table(
    "parked_basket",
    metadata,
    key(),
    Column("parked_id", Text, nullable=False, unique=True),
    words("label"),
    words("parked_at"),
    words("cashier"),
    number("lines", ">= 0"),
    number("total_fen"),
    words("data"),
    sqlite_strict=True,
)

_current = upsert(current_basket)
KEEP = Sql(_current.on_conflict_do_update(index_elements=["id"], set_={"data": _current.excluded.data}))
DROP = Sql(delete(current_basket))
CURRENT = Sql(select(current_basket.c.data))
PARK = Sql(insert(parked_basket))
_parked = select(*(column for column in parked_basket.c if column.name != "id"))
PARKED = Sql(_parked.order_by(parked_basket.c.id))
PARKED_ONE = Sql(_parked.where(parked_basket.c.parked_id == bindparam("parked_id")))
UNPARK = Sql(delete(parked_basket).where(parked_basket.c.parked_id == bindparam("parked_id")))


class BasketTable:
    """Implements `till.ports.Baskets`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def keep_current(self, data: dict[str, Any] | None) -> None:
        if data is None:
            self._work.run(DROP)
        else:
            self._work.run(KEEP, id=1, data=_json(data))

    def current(self) -> dict[str, Any] | None:
        row = self._work.one(CURRENT)
        return None if row is None else json.loads(row[0])

    def park(self, parked: Parked) -> None:
        self._work.run(
            PARK,
            id=None,
            parked_id=parked.parked_id,
            label=parked.label,
            parked_at=parked.parked_at,
            cashier=parked.cashier,
            lines=parked.lines,
            total_fen=parked.total_fen,
            data=_json(parked.data),
        )

    def parked(self) -> tuple[Parked, ...]:
        return tuple(_parked_from(row) for row in self._work.all(PARKED))

    def take(self, parked_id: str) -> Parked | None:
        row = self._work.one(PARKED_ONE, parked_id=parked_id)
        if row is None:
            return None
        self._work.run(UNPARK, parked_id=parked_id)
        return _parked_from(row)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _parked_from(row: Row) -> Parked:
    parked_id, label, parked_at, cashier, lines, total_fen, data = row
    return Parked(parked_id, label, parked_at, cashier, lines, total_fen, json.loads(data))
