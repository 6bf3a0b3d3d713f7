"""What the till's deeds need from the ledger."""

from __future__ import annotations

from typing import Protocol

from storeapp.domain.ledger import Lot, LotMove, Txn


class Ledger(Protocol):
    """The double-entry book."""

    def post(self, txn: Txn) -> bool:
        """Books `txn` with its lots and what it reverses; False if this txn_id is there already (nothing changes)."""
        ...

    def balance(self, account: str, unit: str) -> int: ...
    def lots(self, member_id: str) -> tuple[Lot, ...]:
        """Her lots of points, as they are spent."""
        ...

    def lots_of(self, account: str) -> tuple[Lot, ...]:
        """The lots of any account that has them, as they are spent; also those used up."""
        ...

    def moves(self, txn_id: str) -> tuple[LotMove, ...]:
        """What an entry did to lots: those it opened, then what it took out and put back, in order."""
        ...

    def reversed_of(self, txn_id: str) -> dict[int, int]:
        """How much of each leg of this entry (by its number from 1) later ones took back."""
        ...

    def reversals(self, txn_id: str) -> tuple[str, ...]:
        """The entries that took back some of this one, oldest first."""
        ...

    def lapsed(self, before: str) -> tuple[str, ...]:
        """Accounts with something left in a lot that was good until a day before `before` (ISO date)."""
        ...

    def holding(self, prefix: str) -> tuple[tuple[str, int], ...]:
        """Accounts whose name begins so and what lies on them, without the empty ones, by name."""
        ...

    def txn(self, txn_id: str) -> Txn | None: ...
    def history(self, account: str, *, limit: int = 50) -> tuple[Txn, ...]: ...
