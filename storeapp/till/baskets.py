"""Baskets that are not sold yet: the one at the counter, and those put aside."""

from __future__ import annotations

from storeapp.domain.basket import Basket
from storeapp.domain.basket_data import as_data, from_data
from storeapp.domain.money import Money
from storeapp.domain.sale import EmptyBasket
from storeapp.till.ports import Clock, Ids, Shop
from storeapp.till.records import Parked


def keep(shop: Shop, basket: Basket) -> None:
    """The basket at the counter, on disk: it outlives a power cut."""
    with shop.writing() as books:
        books.baskets.keep_current(None if basket.is_empty else as_data(basket))


def unfinished(shop: Shop) -> Basket | None:
    """The basket that was at the counter when the till went dark."""
    with shop.reading() as books:
        data = books.baskets.current()
    return None if data is None else from_data(data)


def park(shop: Shop, basket: Basket, *, total: Money, cashier: str, label: str, clock: Clock, ids: Ids) -> Parked:
    """Puts the basket aside, and the counter is free. Raises EmptyBasket."""
    if not basket.lines:
        raise EmptyBasket
    parked = Parked(
        parked_id=ids.new(),
        label=label.strip()[:40],
        parked_at=clock.now().isoformat(),
        cashier=cashier,
        lines=len(basket.lines),
        total_fen=total.fen,
        data=as_data(basket),
    )
    with shop.writing() as books:
        books.baskets.park(parked)
        books.baskets.keep_current(None)
    return parked


def only_parked(shop: Shop) -> Parked | None:
    """The one parked basket, where there is just one: then nobody needs a list to choose from."""
    waiting = parked(shop)
    return waiting[0] if len(waiting) == 1 else None


def parked(shop: Shop) -> tuple[Parked, ...]:
    """The baskets put aside, oldest first."""
    with shop.reading() as books:
        return books.baskets.parked()


def recall(shop: Shop, parked_id: str) -> Basket | None:
    """Takes a parked basket back to the counter; None if somebody else has taken it."""
    with shop.writing() as books:
        found = books.baskets.take(parked_id)
        if found is not None:
            books.baskets.keep_current(found.data)
    return None if found is None else from_data(found.data)


def drop(shop: Shop, parked_id: str) -> None:
    """A parked basket nobody will come back for."""
    with shop.writing() as books:
        books.baskets.take(parked_id)
