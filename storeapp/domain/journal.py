"""The journal: what a till did, numbered without gaps and chained by content.

The hash covers content, never database ids, and never personal data: that travels beside the body, so erasing a
person leaves the chain valid. Cloud and till share this file, and a verifier needs nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from storeapp.errors import Broken

DOMAIN = b"storeapp/journal/1\x00"
GENESIS = bytes(32)
# made once: with `dumps` every sale makes one
_encoded = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


@dataclass(eq=False)
class ChainBroken(Broken):
    """Entry `seq` of `device_id` is not what was written: `reason` is `gap`, `link` or `content`."""

    device_id: str
    seq: int
    reason: str
    word = "chain_broken"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a till did. `body` is canonical JSON kept verbatim; `prev` and `hash` are 32 bytes."""

    device_id: str
    epoch: int
    seq: int
    event_id: str
    type: str
    v: int
    at: str
    body: bytes
    prev: bytes
    hash: bytes


def canonical(data: Any) -> bytes:
    """`data` as the one JSON text everybody hashes: sorted keys, no spaces, UTF-8."""
    return _encoded(data).encode()


def body_of(entry: Entry) -> dict[str, Any]:
    """What an entry says; keys an older storeapp did not write are asked for with a default."""
    said: dict[str, Any] = json.loads(entry.body)
    return said


def digest(prev: bytes, *, epoch: int, seq: int, event_id: str, type_: str, v: int, body: bytes) -> bytes:
    """The hash of an entry that follows one with hash `prev`."""
    name = type_.encode("ascii")
    head = epoch.to_bytes(4, "big") + seq.to_bytes(8, "big") + UUID(event_id).bytes
    described = len(name).to_bytes(1, "big") + name + v.to_bytes(2, "big")
    return hashlib.sha256(DOMAIN + prev + head + described + hashlib.sha256(body).digest()).digest()


def entry(
    prev: bytes, *, device_id: str, epoch: int, seq: int, event_id: str, type_: str, v: int, at: str, body: bytes
) -> Entry:
    """A new entry on top of one with hash `prev` (GENESIS before the first)."""
    hash_ = digest(prev, epoch=epoch, seq=seq, event_id=event_id, type_=type_, v=v, body=body)
    return Entry(device_id, epoch, seq, event_id, type_, v, at, body, prev, hash_)


def verify(entries: Iterable[Entry], *, after: int = 0, prev: bytes = GENESIS) -> tuple[int, bytes]:
    """Follows the chain of one device and epoch; returns its last seq and hash, or raises ChainBroken."""
    seq = after
    for item in entries:
        if item.seq != seq + 1:
            raise ChainBroken(item.device_id, item.seq, "gap")
        if item.prev != prev:
            raise ChainBroken(item.device_id, item.seq, "link")
        found = digest(
            prev, epoch=item.epoch, seq=item.seq, event_id=item.event_id, type_=item.type, v=item.v, body=item.body
        )
        if found != item.hash:
            raise ChainBroken(item.device_id, item.seq, "content")
        seq, prev = item.seq, item.hash
    return seq, prev
