"""The coupons a payment holds: reserved as it begins, free again as it is left."""

from __future__ import annotations

from typing import Protocol

from storeapp.domain.basket import Basket
from storeapp.domain.coupon_hold import COUNTER
from storeapp.errors import Refused
from storeapp.till import coupon_holds
from storeapp.ui.desk import Desk


class Payer(Protocol):
    """The payment they are held for."""

    def refuse(self, error: Refused) -> None: ...
    def tell(self, error: Exception) -> None: ...


class Holding:
    """One for a counter. Without coupons nothing is written."""

    def __init__(self, desk: Desk, payer: Payer) -> None:
        self._desk, self._payer = desk, payer
        self._codes: tuple[str, ...] = ()

    def begin(self, basket: Basket, sale_id: str) -> None:
        """This basket is being paid for, with the coupons it has now."""
        desk, codes = self._desk, basket.coupon_codes
        if codes == self._codes:
            return
        self._codes = codes
        desk.work.db(
            lambda: coupon_holds.reserve_at_counter(desk.shop, basket, sale_id=sale_id, clock=desk.clock, ids=desk.ids),
            fail=self._not_held,
        )

    def end(self) -> None:
        """It is paid for, or not any more."""
        desk = self._desk
        if self._codes:
            desk.work.db(lambda: coupon_holds.let_go(desk.shop, COUNTER, clock=desk.clock, ids=desk.ids))
        self._codes = ()

    def look_again(self, *, is_paying: bool) -> None:
        """After a start: what the last one held and nobody pays for is free again."""
        desk = self._desk
        desk.work.db(lambda: coupon_holds.sweep(desk.shop, is_paying=is_paying, clock=desk.clock, ids=desk.ids))

    def _not_held(self, error: Exception) -> None:
        self._codes = ()
        if isinstance(error, Refused):
            self._payer.refuse(error)
        else:
            self._payer.tell(error)
