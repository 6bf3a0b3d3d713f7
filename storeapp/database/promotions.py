"""Promotions' tables: every word said of a promotion, and how it did on past receipts. They are only ever added to."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from storeapp.database.statements.promotions import ADD, ADD_REPLAY, NEWEST, REPLAY_OF, TOLD, TOLD_OF
from storeapp.database.work import Work
from storeapp.domain import promotion_version as versions
from storeapp.domain.promotion_version import PromotionVersion


class PromotionCache:
    """What holds of each promotion as last read, with the number of the newest word it knows.

    Words are only ever added, so that number names a state; it must be forgotten when a transaction that added some
    is rolled back.
    """

    def __init__(self) -> None:
        self.known: tuple[int, tuple[PromotionVersion, ...]] | None = None


class PromotionTable:
    """Implements `till.ports.PromotionBook`."""

    def __init__(self, work: Work, cache: PromotionCache) -> None:
        self._work = work
        self._cache = cache
        self._is_checked = False

    def every(self) -> tuple[PromotionVersion, ...]:
        known = self._cache.known
        # nothing changes within a transaction but by this very object
        if known is None or not self._is_checked:
            newest = self._work.count(NEWEST)
            if known is None or known[0] != newest:
                known = (newest, versions.newest(_version(row) for row in self._work.each(TOLD)))
            self._cache.known = known
            self._is_checked = True
        return known[1]

    def get(self, promotion_id: str) -> PromotionVersion | None:
        return next((version for version in self.every() if version.promotion_id == promotion_id), None)

    def history(self, promotion_id: str) -> tuple[PromotionVersion, ...]:
        return tuple(_version(row) for row in self._work.each(TOLD_OF, promotion_id=promotion_id))

    def put(self, version: PromotionVersion) -> None:
        self._is_checked = False
        self._work.run(
            ADD,
            id=None,
            promotion_id=version.promotion_id,
            version=version.number,
            state=version.state,
            data=json.dumps(version.data, ensure_ascii=False, sort_keys=True),
            changed_at=version.changed_at,
            actor=version.by,
            at_us=round(datetime.fromisoformat(version.changed_at).timestamp() * 1_000_000),
        )

    def keep_replay(self, promotion_id: str, number: int, result: dict[str, Any], *, at: str) -> None:
        text = json.dumps(result, ensure_ascii=False, sort_keys=True)
        self._work.run(ADD_REPLAY, id=None, promotion_id=promotion_id, version=number, result=text, at=at)

    def replay_of(self, promotion_id: str, number: int) -> dict[str, Any] | None:
        row = self._work.one(REPLAY_OF, promotion_id=promotion_id, version=number)
        return None if row is None else dict(json.loads(row[0]))


def _version(row: tuple[Any, ...]) -> PromotionVersion:
    promotion_id, number, data, state, changed_at, by = row
    return PromotionVersion(promotion_id, number, json.loads(data), state, changed_at, by)
