"""Check the cards: never is more earned of one than was paid for it, and nothing is owed where nothing is left."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from storeapp.cloud.projector.cards import standing
from storeapp.cloud.tables.cards import card_doc

Finding = dict[str, Any]


def look(connection: sa.Connection, tenant_id: str) -> Iterator[Finding]:
    """What is wrong."""
    every = sa.select(card_doc.c.card_id).where(card_doc.c.tenant_id == tenant_id).distinct()
    for card in standing(connection, tenant_id, connection.execute(every).scalars().all(), {}):
        if card.off_fen:
            yield {"kind": "card_owed", "card": card.number, "times": card.left, "fen": card.off_fen}
