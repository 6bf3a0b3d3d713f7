"""A shop with nothing in it: in memory, or the real one on a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlcipher3.dbapi2 import IntegrityError

from storeapp.database.keystore import FileKeystore
from storeapp.database.shop import ShopDatabase
from storeapp.till.ports import Clock, Ids, Shop
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.things import a_device

KINDS = ("memory", "file")
NOT_SO = (ValueError, IntegrityError)
"""How the one and the other refuse a row that contradicts another."""


def shop_on_disk(folder: Path, *, clock: Clock, ids: Ids) -> ShopDatabase:
    """A new shop in `folder`, with its keys beside it; whoever asked closes it."""
    return ShopDatabase.create(folder, device=a_device(), clock=clock, ids=ids, keystore=FileKeystore(folder / "keys"))


@contextmanager
def shop_of(kind: str, folder: Path, *, clock: Clock, ids: Ids) -> Iterator[Shop]:
    """A shop of one of KINDS, closed in the end."""
    if kind == "memory":
        yield MemoryShop(a_device(), ids=ids)
        return
    with closing(shop_on_disk(folder, clock=clock, ids=ids)) as made:
        yield made
