"""What pricing needs from the books: the owner's promotions and price lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from storeapp.domain.price_list_version import PriceListVersion
from storeapp.domain.priced import PromotionUse
from storeapp.domain.promotion_version import PromotionVersion
from storeapp.domain.rulebook import Rulebook
from storeapp.domain.terms import PriceListTerms


class PriceLists(Protocol):
    """Prices for some customers, days and hours, with everything ever said of them."""

    def every(self) -> tuple[PriceListVersion, ...]:
        """Of each list what holds now, by list."""
        ...

    def get(self, list_id: str, /) -> PriceListVersion | None: ...
    def history(self, list_id: str, /) -> tuple[PriceListVersion, ...]:
        """Every word about it, oldest first."""
        ...

    def put(self, version: PriceListVersion, /) -> None:
        """One more word; the same one again (by its moment, version and state) is not doubled."""
        ...

    def in_force(self) -> tuple[PriceListTerms, ...]:
        """The lists that are live, by list."""
        ...


class PromotionBook(Protocol):
    """The owner's promotions, with everything ever said of them."""

    def every(self) -> tuple[PromotionVersion, ...]:
        """Of each promotion what holds now, by promotion."""
        ...

    def get(self, promotion_id: str, /) -> PromotionVersion | None: ...
    def history(self, promotion_id: str, /) -> tuple[PromotionVersion, ...]:
        """Every word about it, oldest first."""
        ...

    def put(self, version: PromotionVersion, /) -> None:
        """One more word; the same one again (by its moment, version and state) is not doubled."""
        ...

    def keep_replay(self, promotion_id: str, number: int, result: dict[str, Any], *, at: str) -> None:
        """How this version did on past receipts."""
        ...

    def replay_of(self, promotion_id: str, number: int) -> dict[str, Any] | None:
        """The last result kept for this version."""
        ...

    def rules(self) -> Rulebook:
        """The promotions that are live, ready to be asked."""
        ...

    def note_use(self, use: PromotionUse, *, sale_id: str, member_id: str | None, business_date: str) -> None:
        """A sale used a promotion. A refund counts back under its own id, with negative numbers."""
        ...

    def used(
        self, promotion_ids: Sequence[str], *, member_id: str | None, business_date: str
    ) -> tuple[dict[str, int], dict[str, int]]:
        """How often each was used by this member ever, and by anybody on that day, at this till."""
        ...
