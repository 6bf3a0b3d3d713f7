"""A basket and what became of it when it was priced."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.domain.basket import Basket
from storeapp.errors import Refused
from storeapp.till.quote import Quote


@dataclass(frozen=True, slots=True)
class Quoted:
    """The basket as it is priced. `let_go` says why coupons that counted before do so no more."""

    basket: Basket
    quote: Quote
    let_go: tuple[Refused, ...] = ()
