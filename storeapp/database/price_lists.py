"""Price lists' table: every word said of one. Only ever added to; the last word about a list holds, and may be none."""

from __future__ import annotations

import json

from storeapp.database.statements.price_lists import ADD, EVERY, NEWEST
from storeapp.database.work import Work
from storeapp.domain import price_list
from storeapp.domain.terms import PriceListTerms


class PriceListCache:
    """The lists as last read, with the number of the newest word; forgotten when words were rolled back."""

    def __init__(self) -> None:
        self.known: tuple[int, tuple[PriceListTerms, ...]] | None = None


class PriceListTable:
    """Implements `till.ports_pricing.PriceLists`."""

    def __init__(self, work: Work, cache: PriceListCache) -> None:
        self._work = work
        self._cache = cache
        self._is_checked = False

    def every(self) -> tuple[PriceListTerms, ...]:
        known = self._cache.known
        if known is None or not self._is_checked:
            newest = self._work.count(NEWEST)
            if known is None or known[0] != newest:
                known = (newest, tuple(price_list.from_data(json.loads(row[0])) for row in self._work.all(EVERY)))
            self._cache.known = known
            self._is_checked = True
        return known[1]

    def put(self, prices: PriceListTerms, *, at: str) -> None:
        self._say(prices.list_id, json.dumps(price_list.as_data(prices), ensure_ascii=False), at)

    def drop(self, list_id: str, *, at: str) -> None:
        self._say(list_id, None, at)

    def _say(self, list_id: str, data: str | None, at: str) -> None:
        self._is_checked = False
        self._work.run(ADD, id=None, list_id=list_id, data=data, at=at)
