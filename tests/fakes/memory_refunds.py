"""Refunds in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storeapp.domain.refund import Refund

if TYPE_CHECKING:
    from tests.fakes.memory_shop import State


class MemoryRefunds:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, refund: Refund, *, request_hash: str = "") -> None:
        self._state.refunds = (*self._state.refunds, (refund, request_hash))

    def by_receipt(self, number: str) -> Refund | None:
        return next((refund for refund, _ in self._state.refunds if refund.receipt == number), None)

    def by_request(self, request_id: str) -> tuple[Refund, str] | None:
        return next((pair for pair in self._state.refunds if pair[0].request_id == request_id), None)

    def of_sale(self, sale_id: str) -> tuple[Refund, ...]:
        return tuple(refund for refund, _ in self._state.refunds if (refund.sale_id or refund.sale_receipt) == sale_id)

    def on(self, business_date: str) -> tuple[Refund, ...]:
        return tuple(refund for refund, _ in self._state.refunds if refund.business_date == business_date)

    def back(self, sale_id: str) -> tuple[dict[int, int], dict[int, int]]:
        milli: dict[int, int] = {}
        fen: dict[int, int] = {}
        for line in (line for refund in self.of_sale(sale_id) for line in refund.lines):
            milli[line.line] = milli.get(line.line, 0) + line.quantity_milli
            fen[line.line] = fen.get(line.line, 0) + line.amount.fen
        return milli, fen
