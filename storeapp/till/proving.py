"""Proving: every night the ledger is added up again from its legs, so that no balance is believed for long.

A shop that only looks when somebody asks finds a wrong balance in a quarrel with a member. What the proof finds it
mends nothing of: it is told in the window and by `doctor`, and `check` says all of it.
"""

from __future__ import annotations

import logging
from datetime import datetime

from storeapp.domain.ledger_proof import LedgerProof
from storeapp.till.moments import day_of, local_moment, today
from storeapp.till.ports import Clock, Shop
from storeapp.till.replaying import Progress

log = logging.getLogger(__name__)

FIRST = 20
"""So many faults are kept in words: whoever must mend more runs `check`."""


def is_due(shop: Shop, *, clock: Clock) -> bool:
    """True while the last proof is not of today, be it older or from a clock that ran ahead."""
    with shop.reading() as books:
        last = books.proofs.last()
        if last is None:
            return True
        proven = local_moment(books, datetime.fromisoformat(last.at))
        return day_of(proven, books.policy.in_force()) != today(books, clock)


def prove(shop: Shop, *, clock: Clock, watched: Progress | None = None) -> LedgerProof:
    """Adds the ledger up as it stands now and keeps what was found. `watched` may stop it: ReplayStopped."""
    watched = watched or Progress()
    watched.check()
    at = clock.now().isoformat()
    with shop.reading() as books:
        legs = books.proofs.legs()
        faults = tuple(books.proofs.faults(watched.check))
    proof = LedgerProof(at, legs, len(faults), faults[:FIRST])
    with shop.writing() as books:
        books.proofs.put(proof)
    if proof.faults:
        log.error("the ledger does not add up in %d places, first: %s", proof.faults, proof.first[0])
    return proof
