"""The proof of the ledger in memory: balances against the legs of every transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from storeapp.domain.ledger_proof import LedgerProof

if TYPE_CHECKING:
    from tests.fakes.memory_shop import State


class MemoryProofs:
    def __init__(self, state: State) -> None:
        self._state = state

    def legs(self) -> int:
        return sum(len(txn.legs) for txn in self._state.txns.values())

    def faults(self, pause: Callable[[], None]) -> Iterator[str]:
        sums: Counter[tuple[str, str]] = Counter()
        for txn in self._state.txns.values():
            pause()
            for leg in txn.legs:
                sums[leg.account, leg.unit] += leg.amount
        for (name, unit), kept in sorted(self._state.balances.items()):
            if kept != sums[name, unit]:
                yield f"balance: {name} kept {kept} {unit}, legs come to {sums[name, unit]}"

    def last(self) -> LedgerProof | None:
        return self._state.proof

    def put(self, proof: LedgerProof) -> None:
        self._state.proof = proof
