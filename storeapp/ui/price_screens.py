"""The screens about what goods cost: promotions and price lists."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.staff import Staff
from storeapp.ui.desk import Desk
from storeapp.ui.window import Window


class PriceScreens:
    """Opens them; `changed` tells the selling screen that other prices hold."""

    def __init__(
        self,
        window: Window,
        desk: Desk,
        staff: Callable[[], Staff],
        *,
        beep: Callable[[], None],
        changed: Callable[[], None],
    ) -> None:
        self._window, self._desk, self._staff, self._beep, self._changed = window, desk, staff, beep, changed

    def promotions(self) -> None:
        # a room of its own, opened now and then
        from storeapp.ui.promotions.open import PromotionPages

        PromotionPages(self._window, self._desk, self._staff(), beep=self._beep, changed=self._changed).show()
