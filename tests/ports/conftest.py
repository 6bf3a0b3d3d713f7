"""One suite, two shops: what is asked of the ports holds for the fake in memory and for the file on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storeapp.database.keystore import FileKeystore
from storeapp.database.shop import ShopDatabase
from storeapp.till.ports import Shop
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import a_device


@pytest.fixture(params=["memory", "file"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    clock, ids = StillClock(), CountedIds()
    if request.param == "memory":
        yield MemoryShop(a_device(), ids=ids)
        return
    keys = FileKeystore(tmp_path / "keys")
    database = ShopDatabase.create(tmp_path, device=a_device(), clock=clock, ids=ids, keystore=keys)
    yield database
    database.close()
