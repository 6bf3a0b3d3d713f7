"""The journal: gapless, linked and unchanged, and acknowledged no further than it reaches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from storeapp.database.check.finding import Finding
from storeapp.database.journal import entry_from
from storeapp.database.statements.journal import EVERY
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work
from storeapp.domain import journal
from storeapp.domain.journal import GENESIS, ChainBroken, Entry

ACK = compiled(text("SELECT epoch, seq FROM ack_mark"))


def check_chain(work: Work, device_id: str) -> Iterator[Finding]:
    """Follows every epoch's chain from its first entry."""
    heads: dict[int, tuple[int, bytes]] = {}
    for row in work.each(EVERY):
        entry = entry_from(row, device_id)
        seq, prev = heads.get(entry.epoch, (0, GENESIS))
        try:
            journal.verify([entry], after=seq, prev=prev)
        except ChainBroken as broken:
            yield Finding("chain", f"{entry.epoch}/{entry.seq}", broken.reason)
        if fault := _unreadable(entry):
            yield Finding("body", f"{entry.epoch}/{entry.seq}", fault)
        # going on from what stands there reports each break once
        heads[entry.epoch] = (entry.seq, entry.hash)
    for epoch, seq in work.each(ACK):
        head = heads.get(epoch, (0, GENESIS))[0]
        if seq > head:
            yield Finding("ack", f"{epoch}/{seq}", f"the journal ends at {head}")


def _unreadable(entry: Entry) -> str | None:
    try:
        data: Any = json.loads(entry.body)
    except ValueError:
        return "not JSON"
    return None if journal.canonical(data) == entry.body else "not canonical"
