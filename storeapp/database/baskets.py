"""Baskets' tables: the unfinished one, and those put aside."""

from __future__ import annotations

import json
from typing import Any

from storeapp.database.statements.baskets import CURRENT, DROP, KEEP, PARK, PARKED, PARKED_ONE, UNPARK
from storeapp.database.work import Row, Work
from storeapp.till.records import Parked


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
