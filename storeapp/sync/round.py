"""Round: everything there is to say to the cloud, once, and everything it has to say."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from storeapp.errors import StoreappError
from storeapp.sync import pull, push
from storeapp.sync.client import CloudClient, DeviceRevoked, DeviceUnknown
from storeapp.sync.push import Trouble
from storeapp.sync.transport import CloudBusy, CloudUnreachable
from storeapp.till.ports import Shop


@dataclass(frozen=True, slots=True)
class Round:
    """What a round brought about: entries acknowledged, up to which number, rows read, and entries still waiting."""

    pushed: int
    acked_seq: int
    pulled: int
    unsent: int


def sync_once(shop: Shop, client: CloudClient, *, trouble: Trouble | None = None) -> Round:
    """One round. Raises why one of its halves failed; what the other half did stands.

    `trouble` remembers failures from round to round; without it each round is the first.
    """
    try:
        pushed = push.push(shop, client, trouble or Trouble())
    except StoreappError as error:
        if _may_still_answer(error):
            # the shop's prices do not wait for a journal that is stuck; the first failure is the one to tell
            with contextlib.suppress(StoreappError):
                pull.pull(shop, client)
        raise
    pulled = pull.pull(shop, client)
    with shop.reading() as books:
        unsent = books.journal.unsent().count
    return Round(pushed.count, pushed.acked_seq, pulled, unsent)


def _may_still_answer(error: StoreappError) -> bool:
    if isinstance(error, CloudUnreachable):
        return error.reason not in ("unconnected", "untrusted", "hung_up")
    return not isinstance(error, (CloudBusy, DeviceRevoked, DeviceUnknown))
