"""Which ways to pay the sheet offers for this basket, in the order of its keys."""

from __future__ import annotations

from collections.abc import Mapping

from storeapp.domain.basket import Basket
from storeapp.domain.pricing import PricedBasket
from storeapp.domain.tender import TenderKind
from storeapp.till.ports import Books, Provider
from storeapp.ui.pay.state import Offered

Providers = Mapping[TenderKind, Provider]


def offered(books: Books, basket: Basket, priced: PricedBasket, *, providers: Providers) -> tuple[Offered, ...]:
    """What a cashier sees arrive with her own eyes, and every provider behind the one scan."""
    by_hand = (Offered("cash"), Offered("code_manual"), Offered("card"))
    return (Offered("scan"), *by_hand) if providers else by_hand
