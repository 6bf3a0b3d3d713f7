"""Baskets that are not sold yet: the one at the counter, and those put aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storeapp.domain.basket import Basket, EmptyBasket
from storeapp.domain.basket_data import as_data, from_data
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity, times
from storeapp.till import coupon_holds
from storeapp.till.approvals import allow
from storeapp.till.ports import Clock, Ids, Shop
from storeapp.till.records import Parked

if TYPE_CHECKING:
    from storeapp.till.refund_order import RefundOrder


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Goods that left a basket after its total had been shown: codes with thousandths, and what they cost."""

    cashier: str
    basket_id: str
    lines: tuple[tuple[str, int], ...]
    fen: int
    approval_id: str | None = None

    @property
    def payload(self) -> dict[str, Any]:
        """What is approved."""
        return {"basket": self.basket_id, "taken": [list(line) for line in self.lines], "fen": self.fen}


@dataclass(frozen=True, slots=True)
class AttachedLate:
    """A member came onto the basket after its total had been shown."""

    cashier: str
    basket_id: str


def taken_between(before: Basket, after: Basket, *, cashier: str, basket_id: str) -> TakenBack | None:
    """What of `before` is no longer in `after`, at shelf prices; None if nothing is missing."""
    left: dict[str, int] = {}
    prices: dict[str, Money] = {}
    for basket, sign in ((before, 1), (after, -1)):
        for line in basket.lines:
            left[line.product.code] = left.get(line.product.code, 0) + sign * line.quantity.milli
            prices[line.product.code] = line.product.price
    lines = tuple((code, milli) for code, milli in sorted(left.items()) if milli > 0)
    worth = sum(times(prices[code], Quantity(milli)).fen for code, milli in lines)
    return TakenBack(cashier, basket_id, lines, worth) if lines else None


def keep(
    shop: Shop,
    basket: Basket,
    *,
    against: RefundOrder | None = None,
    taken: TakenBack | None = None,
    late: AttachedLate | None = None,
    clock: Clock | None = None,
) -> None:
    """The basket at the counter, on disk: it outlives a power cut, and so does what comes back `against` it.

    What was `taken` back is on record with it, and a member who came `late`; raises NeedsApproval where its cashier
    may not.
    """
    with shop.writing() as books:
        if taken is not None and clock is not None:
            at = clock.now().isoformat()
            allow(books, "remove_line", taken.payload, by=taken.cashier, approval_id=taken.approval_id, at=at)
            books.journal.append("line.taken_back", {**taken.payload, "cashier": taken.cashier}, at=at)
        if late is not None and clock is not None:
            body = {"member_id": basket.member_id, "basket": late.basket_id, "cashier": late.cashier}
            books.journal.append("member.attached_late", body, at=clock.now().isoformat())
        data = as_data(basket) | ({} if against is None else {"against": _against_data(against)})
        books.baskets.keep_current(None if basket.is_empty and against is None else data)


def unfinished(shop: Shop) -> Basket | None:
    """The basket that was at the counter when the till went dark."""
    with shop.reading() as books:
        data = books.baskets.current()
    return None if data is None else from_data(data)


def unfinished_exchange(shop: Shop) -> RefundOrder | None:
    """What was to come back against that basket; None where nothing was. Nobody's yes outlives the cut."""
    with shop.reading() as books:
        data = (books.baskets.current() or {}).get("against")
    return None if data is None else _against(data)


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
        coupon_holds.put_aside(books, basket, parked.parked_id, now=clock.now(), ids=ids)
    return parked


def only_parked(shop: Shop) -> Parked | None:
    """The one parked basket, where there is just one: then nobody needs a list to choose from."""
    waiting = parked(shop)
    return waiting[0] if len(waiting) == 1 else None


def parked(shop: Shop) -> tuple[Parked, ...]:
    """The baskets put aside, oldest first."""
    with shop.reading() as books:
        return books.baskets.parked()


def recall(shop: Shop, parked_id: str, *, clock: Clock, ids: Ids) -> Basket | None:
    """Takes a parked basket back to the counter; None if somebody else has taken it."""
    with shop.writing() as books:
        found = books.baskets.take(parked_id)
        if found is not None:
            books.baskets.keep_current(found.data)
        coupon_holds.taken_back(books, parked_id, now=clock.now(), ids=ids)
    return None if found is None else from_data(found.data)


def drop(shop: Shop, parked_id: str, *, clock: Clock, ids: Ids) -> None:
    """A parked basket nobody will come back for."""
    with shop.writing() as books:
        books.baskets.take(parked_id)
        coupon_holds.taken_back(books, parked_id, now=clock.now(), ids=ids)


def _against_data(order: RefundOrder) -> dict[str, Any]:
    return {
        "receipt": order.receipt,
        "cashier": order.cashier,
        "reason": order.reason,
        "lines": [[line.line, line.quantity_milli, line.restock] for line in order.lines],
        "in_cash": order.in_cash,
    }


def _against(data: dict[str, Any]) -> RefundOrder:
    # an exchange under way is rare: a start does not load it
    from storeapp.domain.refund import Asked
    from storeapp.till.refund_order import RefundOrder

    lines = tuple(Asked(line, milli, restock) for line, milli, restock in data["lines"])
    return RefundOrder(data["receipt"], data["cashier"], data["reason"], lines, in_cash=data["in_cash"])
