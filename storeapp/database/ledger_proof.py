"""The proof of the ledger: all of `check`'s rules about it, asked in small steps; and the row of the last one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from storeapp.database.statements.ledger_proof import LAST, LEGS, PUT
from storeapp.database.work import Work
from storeapp.domain.ledger_proof import LedgerProof


class ProofTable:
    """Implements `till.ports_proofs.Proofs`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def legs(self) -> int:
        return self._work.count(LEGS)

    def faults(self, pause: Callable[[], None]) -> Iterator[str]:
        # a look at the last proof adds nothing up
        from storeapp.database.check.money import check_money

        with self._work.pausing(pause):
            yield from map(str, check_money(self._work))

    def last(self) -> LedgerProof | None:
        row = self._work.one(LAST)
        if row is None:
            return None
        at, legs, faults, first = row
        return LedgerProof(at, legs, faults, tuple(json.loads(first)))

    def put(self, proof: LedgerProof) -> None:
        first = json.dumps(proof.first, ensure_ascii=False)
        self._work.run(PUT, id=1, at=proof.at, legs=proof.legs, faults=proof.faults, first=first)
