"""A proof of the ledger: its balances, lots and coupons added up again from the first leg on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LedgerProof:
    """What was found at `at` (ISO 8601) over so many legs: how many faults, and the `first` of them in words."""

    at: str
    legs: int
    faults: int = 0
    first: tuple[str, ...] = ()
