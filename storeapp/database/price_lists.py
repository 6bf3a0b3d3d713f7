"""Price lists' table: every word said of one."""

from __future__ import annotations

from storeapp.database.owner_words import WordStatements, WordTable
from storeapp.database.statements.price_lists import ADD, NEWEST, TOLD, TOLD_OF
from storeapp.database.word_caches import PriceListCache
from storeapp.database.work import Work
from storeapp.domain import price_list_version as versions
from storeapp.domain.price_list_version import PriceListVersion
from storeapp.domain.terms import PriceListTerms

_WORDS = WordStatements(ADD, NEWEST, TOLD, TOLD_OF, "list_id", PriceListVersion)


class PriceListTable(WordTable[PriceListVersion]):
    """Implements `till.ports_pricing.PriceLists`."""

    def __init__(self, work: Work, cache: PriceListCache) -> None:
        super().__init__(work, cache, _WORDS)
        self._cache = cache

    def in_force(self) -> tuple[PriceListTerms, ...]:
        newest = self._state
        made = self._cache.live
        if made is None or made[0] != newest:
            made = self._cache.live = (newest, versions.in_force(self.every()))
        return made[1]
