"""What the counter knows of a basket before it is paid for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from storeapp.domain.priced import PricedBasket

if TYPE_CHECKING:
    # an empty basket has neither, and a start loads neither
    from storeapp.till.coupons import Promise
    from storeapp.till.earning import Earner

TOLD_HOLDS = timedelta(minutes=10)
"""So long a price that was told holds, should a promotion begin or end before she pays."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a basket costs at a moment, and what its member would earn if other money than her own pays for it."""

    priced: PricedBasket
    promises: tuple[Promise, ...] = ()
    earner: Earner | None = None
    at: datetime | None = None

    @property
    def points(self) -> int:
        # a checkout earns by what paid, and never asks
        return 0 if self.earner is None else self.earner.points()


NOTHING = Quote(PricedBasket(()))
"""Of an empty basket that is nobody's."""
