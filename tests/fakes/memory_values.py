"""Documents of stored value in memory."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from storeapp.domain.liability import Owed
from storeapp.domain.sale import Sale
from storeapp.domain.value_doc import ValueDoc

if TYPE_CHECKING:
    from tests.fakes.memory_shop import State


class MemoryValues:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, doc: ValueDoc, *, request_hash: str = "") -> None:
        self._state.values = (*self._state.values, (doc, request_hash))

    def by_number(self, number: str) -> ValueDoc | None:
        return next((doc for doc, _ in self._state.values if doc.number == number), None)

    def by_id(self, doc_id: str) -> ValueDoc | None:
        return next((doc for doc, _ in self._state.values if doc.doc_id == doc_id), None)

    def by_request(self, request_id: str) -> tuple[ValueDoc, str] | None:
        return next((pair for pair in self._state.values if pair[0].request_id == request_id), None)

    def of_member(self, member_id: str) -> tuple[ValueDoc, ...]:
        return tuple(doc for doc, _ in self._state.values if self._state.is_hers(doc.member_id, member_id))

    def promised(self, *, since: str) -> tuple[ValueDoc, ...]:
        return tuple(
            doc for doc, _ in self._state.values if doc.is_top_up and doc.months and doc.business_date >= since
        )

    def spent_by(self, member_id: str) -> tuple[Sale, ...]:
        hers = (sale for sale in self._state.sales.values() if self._state.is_hers(sale.member_id, member_id))
        return tuple(sale for sale in hers if any(tender.kind == "stored_value" for tender in sale.tenders))

    def owed(self, prefix: str, *, until: int) -> Owed:
        sums: dict[str, int] = {}
        for txn in self._state.txns.values():
            for leg in txn.legs:
                if leg.account.startswith(prefix) and datetime.fromisoformat(txn.at).timestamp() < until:
                    sums[leg.account] = sums.get(leg.account, 0) + leg.amount
        held = [amount for amount in sums.values() if amount]
        return Owed(len(held), sum(held))

    def moved(self, prefix: str, *, since: int, until: int) -> dict[str, int]:
        found: dict[str, int] = {}
        for txn in self._state.txns.values():
            amounts = [leg.amount for leg in txn.legs if leg.account.startswith(prefix)]
            if amounts and since <= datetime.fromisoformat(txn.at).timestamp() < until:
                found[txn.kind] = found.get(txn.kind, 0) + sum(amounts)
        return found

    def on(self, business_date: str) -> tuple[ValueDoc, ...]:
        return tuple(doc for doc, _ in self._state.values if doc.business_date == business_date)
