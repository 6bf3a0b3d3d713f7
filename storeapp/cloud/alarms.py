"""Alarms: what no program can put right by itself, kept until a person has looked."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa

from storeapp.cloud.tables.journals import alarm
from storeapp.wire import codec


def raise_alarm(
    connection: sa.Connection,
    tenant_id: str,
    kind: str,
    *,
    at: datetime,
    facts: Mapping[str, object],
    device_id: str | None = None,
) -> None:
    """Notes an alarm; `facts` holds ids and amounts, never a name or a number of a person."""
    row = {
        "tenant_id": tenant_id,
        "alarm_id": str(uuid4()),
        "kind": kind,
        "device_id": device_id,
        "facts": codec.canonical(facts).decode("utf-8"),
        "at": at,
    }
    connection.execute(sa.insert(alarm), row)
