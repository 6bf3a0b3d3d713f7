"""The screens about what goods cost: promotions, price lists, coupons, and what a group agreed on."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.ui.counter import Counter
from storeapp.ui.desk import Desk
from storeapp.ui.parts import Parts


class PriceScreens:
    """Opens them; where other prices hold, the selling screen looks again."""

    def __init__(self, counter: Counter, parts: Parts, desk: Desk, *, beep: Callable[[], None]) -> None:
        self._counter, self._outside, self._desk, self._beep = counter, parts.outside, desk, beep

    def promotions(self) -> None:
        # a room of its own, opened now and then
        from storeapp.ui.promotions.open import PromotionPages

        window, sell = self._counter.window, self._counter.sell
        PromotionPages(window, self._desk, sell.staff, beep=self._beep, changed=sell.refresh).show()

    def price_lists(self) -> None:
        # a room of its own, opened now and then
        from storeapp.ui.price_lists.open import PriceListPages

        window, sell, keep = self._counter.window, self._counter.sell, self._outside.keep_report
        PriceListPages(window, self._desk, sell.staff, keep=keep, beep=self._beep, changed=sell.refresh).show()

    def coupons(self) -> None:
        # a room of its own, opened now and then
        from storeapp.ui.coupons.open import CouponPages

        counter, keep = self._counter, self._outside.keep_report
        staff, ask = counter.sell.staff, counter.approvals.ask
        CouponPages(counter.window, self._desk, staff, ask=ask, keep=keep, beep=self._beep).show()

    def groups(self) -> None:
        # a room of its own, opened when a group orders
        from storeapp.ui.groups.open import GroupPages

        sell, outside = self._counter.sell, self._outside
        GroupPages(
            self._counter.window,
            self._desk,
            sell.staff,
            keep=outside.keep_report,
            fetch=sell.scan,
            printed=outside.look_at_prints,
            beep=self._beep,
        ).show()
