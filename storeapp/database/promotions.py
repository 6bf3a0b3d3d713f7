"""Promotions' tables: every word said of a promotion, and how it did on past receipts. They are only ever added to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from storeapp.database.owner_words import WordStatements, WordTable
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
from storeapp.database.word_caches import PromotionCache
from storeapp.database.work import Work
from storeapp.domain.priced import PromotionUse
from storeapp.domain.promotion_data import rules_of
from storeapp.domain.promotion_version import PromotionVersion
from storeapp.domain.rulebook import Rulebook

_WORDS = WordStatements(ADD, NEWEST, TOLD, TOLD_OF, "promotion_id", PromotionVersion)


class PromotionTable(WordTable[PromotionVersion]):
    """Implements `till.ports.PromotionBook`."""

    def __init__(self, work: Work, cache: PromotionCache) -> None:
        super().__init__(work, cache, _WORDS)
        self._cache = cache

    def rules(self) -> Rulebook:
        newest = self._state
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

    def keep_replay(self, promotion_id: str, number: int, result: dict[str, Any], *, at: str) -> None:
        text = json.dumps(result, ensure_ascii=False, sort_keys=True)
        self._work.run(ADD_REPLAY, id=None, promotion_id=promotion_id, version=number, result=text, at=at)

    def replay_of(self, promotion_id: str, number: int) -> dict[str, Any] | None:
        row = self._work.one(REPLAY_OF, promotion_id=promotion_id, version=number)
        return None if row is None else dict(json.loads(row[0]))
