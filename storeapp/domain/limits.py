"""Limits: how much a cashier may take off by hand before somebody with more rights has to say yes.

A limit counts what the whole basket was given by hand, however many lines it was spread over. Promotions, members'
prices and coupons are the shop's own doing and count for nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from storeapp.domain.money import Money, total
from storeapp.domain.policy import Policy
from storeapp.domain.priced import PricedBasket, PricedLine
from storeapp.domain.quantity import times


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person took off one line: by a lower price (`lowered`) and by a discount (`cut`), off `shelf`."""

    number: int
    code: str
    quantity_milli: int
    shelf: Money
    lowered: Money
    cut: Money
    has_own_price: bool

    @property
    def off(self) -> Money:
        return self.lowered + self.cut

    def exceeds(self, percent: int) -> bool:
        """True if more than `percent` of what the shelf asks was taken off."""
        return self.off.fen * 100 > self.shelf.fen * percent


def by_hand(priced: PricedBasket) -> tuple[ByHand, ...]:
    """The lines somebody changed by hand, in their order."""
    # most lines are as the shelf says, and a customer is waiting
    given = (
        _given(number, line)
        for number, line in enumerate(priced.lines, start=1)
        if line.cuts or line.line.price is not None
    )
    return tuple(line for line in given if line.off.fen or line.has_own_price)


def is_above_limit(given: tuple[ByHand, ...], policy: Policy) -> bool:
    """True if a cashier's limit is passed: by percent on one line, or by amount on the whole basket."""
    percent, most = policy.whole("rights.discount_percent_cashier"), policy.whole("rights.discount_fen_cashier")
    return any(line.exceeds(percent) for line in given) or sum(line.off.fen for line in given) > most


def action(given: tuple[ByHand, ...], basket_id: str) -> dict[str, Any]:
    """What is approved: these very changes on this very basket."""
    rows = [
        {
            "code": line.code,
            "qty_milli": line.quantity_milli,
            "shelf_fen": line.shelf.fen,
            "lowered_fen": line.lowered.fen,
            "cut_fen": line.cut.fen,
        }
        for line in given
    ]
    return {"basket": basket_id, "lines": rows}


def below_floor(low: tuple[PricedLine, ...], basket_id: str) -> dict[str, Any]:
    """What is approved: these lines for so little."""
    rows = [{"code": line.line.product.code, "qty_milli": line.quantity.milli, "net_fen": line.net.fen} for line in low]
    return {"basket": basket_id, "lines": rows}


def _given(number: int, priced: PricedLine) -> ByHand:
    line = priced.line
    shelf = times(line.product.price, priced.quantity) if line.price is not None else priced.gross
    lowered = shelf - priced.gross if line.price is not None and shelf.fen > priced.gross.fen else Money(0)
    cut = total(cut.amount for cut in priced.cuts if cut.reason == "line_discount")
    return ByHand(
        number, line.product.code, priced.quantity.milli, shelf, lowered, cut, has_own_price=line.price is not None
    )
