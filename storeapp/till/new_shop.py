"""Opening a shop: who this till is before anybody has rung up anything."""

from __future__ import annotations

import secrets

from storeapp.domain.capture import STANDALONE_VERSION, CaptureKey
from storeapp.domain.place import checked_place
from storeapp.till.ports import Ids
from storeapp.till.records import Device


def new_device(ids: Ids, *, store: str, till: str, is_demo: bool = False) -> Device:
    """A till on its own: epoch 1, and a capture key nobody else knows. Raises BadCode."""
    for code in (store, till):
        checked_place(code)
    key = CaptureKey(STANDALONE_VERSION, 0, secrets.randbelow(1 << 24), secrets.token_bytes(32))
    return Device(device_id=ids.new(), epoch=1, store=store, till=till, db_uuid=ids.new(), keys=(key,), is_demo=is_demo)
