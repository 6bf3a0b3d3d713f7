"""Opening a shop: who this till is before anybody has rung up anything."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from storeapp.domain.capture import STANDALONE_VERSION, CaptureKey
from storeapp.errors import Refused
from storeapp.till.ports import Device, Ids

_CODE = re.compile(r"[0-9A-Za-z]{1,8}")


@dataclass(eq=False)
class BadCode(Refused):
    """A store or till code is 1 to 8 letters or digits: `code` is not."""

    code: str
    word = "bad_code"


def new_device(ids: Ids, *, store: str, till: str, is_demo: bool = False) -> Device:
    """A till on its own: epoch 1, and a capture key nobody else knows."""
    for code in (store, till):
        if not _CODE.fullmatch(code):
            raise BadCode(code[:20])
    key = CaptureKey(STANDALONE_VERSION, 0, secrets.randbelow(1 << 24), secrets.token_bytes(32))
    return Device(device_id=ids.new(), epoch=1, store=store, till=till, db_uuid=ids.new(), keys=(key,), is_demo=is_demo)
