"""Promotions' tables: every word said of a promotion, and how it did on past receipts. They are only ever added to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from storeapp.database.statements.promotions import (
    ADD,
    ADD_REPLAY,
    ADD_USE,
    NEWEST,
    REPLAY_OF,
    TOLD,
    TOLD_OF,
    USED_BY,
    USED_ON,
)
from storeapp.database.work import Work
from storeapp.domain import promotion_version as versions
from storeapp.domain.promotion_data import rules_of
from storeapp.domain.promotion_version import PromotionVersion
from storeapp.domain.rulebook import Rulebook
from storeapp.domain.sale import PromotionUse


class PromotionCache:
    """What holds of each promotion as last read, with the number of the newest word it knows.

    Words are only ever added, so that number names a state; it must be forgotten when a transaction that added some
    is rolled back.
    """

    def __init__(self) -> None:
        self.known: tuple[int, tuple[PromotionVersion, ...]] | None = None
        self.rules: tuple[int, Rulebook] | None = None


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

    def rules(self) -> Rulebook:
        self.every()
        newest = self._cache.known[0] if self._cache.known is not None else 0
        made = self._cache.rules
        if made is None or made[0] != newest:
            made = self._cache.rules = (newest, rules_of(self.every()))
        return made[1]

    def note_use(self, use: PromotionUse, *, sale_id: str, member_id: str | None, business_date: str) -> None:
        self._work.run(
            ADD_USE,
            sale_id=sale_id,
            promotion_id=use.promotion_id,
            member_id=member_id,
            business_date=business_date,
            times=use.times,
            fen=use.amount.fen,
        )

    def used(
        self, promotion_ids: Sequence[str], *, member_id: str | None, business_date: str
    ) -> tuple[dict[str, int], dict[str, int]]:
        by_member, today = {}, {}
        for name in promotion_ids:
            today[name] = self._work.count(USED_ON, promotion_id=name, day=business_date)
            if member_id is not None:
                by_member[name] = self._work.count(USED_BY, promotion_id=name, member_id=member_id)
        return by_member, today

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
