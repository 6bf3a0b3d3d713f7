"""What the proof of the ledger needs from the books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from storeapp.domain.ledger_proof import LedgerProof


class Proofs(Protocol):
    """The ledger added up again, and what the last proof found."""

    def legs(self) -> int:
        """How many legs there are to prove."""
        ...

    def faults(self, pause: Callable[[], None]) -> Iterator[str]:
        """Every promise of the ledger that its legs do not keep, in words, as `storeapp check` says it.

        It may read millions of legs: `pause` is called all the time, and whatever it raises ends the reading.
        """
        ...

    def last(self) -> LedgerProof | None: ...
    def put(self, proof: LedgerProof) -> None: ...
