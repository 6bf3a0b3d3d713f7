"""What a presenter works with: the shop, the time, names for things, and somebody to do the slow work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storeapp.till import moments
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.ui.work import Work


@dataclass(frozen=True, slots=True)
class Desk:
    """Passed to every presenter."""

    shop: Shop
    work: Work
    clock: Clock
    ids: Ids

    def today(self, books: Books) -> date:
        """The business day now."""
        return moments.today(books, self.clock)
