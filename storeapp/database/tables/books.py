"""The books: every table of the file behind the ports, in one transaction."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import device

_new = upsert(device)

PUT_DEVICE = _new.on_conflict_do_update(index_elements=["id"], set_={"data": _new.excluded.data})

DEVICE = select(device.c.data)
