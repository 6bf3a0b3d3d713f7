"""Vouchers in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.memory_shop import State


class MemoryVouchers:
    def __init__(self, state: State) -> None:
        self._state = state

    def receipt_of(self, number: str) -> str:
        return self._state.vouchers.get(number, "")

    def take(self, number: str, *, receipt: str) -> bool:
        if self.receipt_of(number):
            return False
        self._state.vouchers[number] = receipt
        return True

    def give_back(self, number: str, *, receipt: str) -> None:
        if self.receipt_of(number) == receipt:
            self._state.vouchers[number] = ""
