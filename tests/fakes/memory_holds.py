"""Holds of coupons in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storeapp.domain.coupon_hold import Hold

if TYPE_CHECKING:
    from tests.fakes.memory_shop import State


class MemoryHolds:
    def __init__(self, state: State) -> None:
        self._state = state

    def of_code(self, code: str) -> Hold | None:
        return self._state.holds.get(code)

    def of_holder(self, holder: str) -> tuple[Hold, ...]:
        return tuple(hold for hold in self.every() if hold.holder == holder)

    def every(self) -> tuple[Hold, ...]:
        return tuple(self._state.holds[code] for code in sorted(self._state.holds))

    def put(self, hold: Hold) -> None:
        if hold.code in self._state.holds:
            raise RuntimeError("held before")
        self._state.holds[hold.code] = hold

    def drop(self, code: str) -> None:
        self._state.holds.pop(code, None)
