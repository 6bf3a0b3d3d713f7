"""A shop with a few goods, a member to be, a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storeapp.database.keystore import FileKeystore
from storeapp.database.shop import ShopDatabase
from storeapp.domain.product import QuickKey
from storeapp.till.catalogue import put_products, put_quick_keys
from storeapp.till.new_shop import new_device
from storeapp.till.ports import Shop
from tests.domain.goods import APPLE, BAG, CUP, TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.shops import KINDS, shop_of
from tests.fakes.still import CountedIds, StillClock


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def ids() -> CountedIds:
    return CountedIds()


@pytest.fixture(params=KINDS)
def bare(request: pytest.FixtureRequest, clock: StillClock, ids: CountedIds, tmp_path: Path) -> Iterator[Shop]:
    """A shop with nothing in it yet, once in memory and once on a file whose books check in the end."""
    with shop_of(request.param, tmp_path, clock=clock, ids=ids) as made:
        yield made
        if isinstance(made, ShopDatabase):
            assert made.check() == ()


@pytest.fixture
def shop(clock: StillClock, ids: CountedIds) -> MemoryShop:
    made = MemoryShop(new_device(ids, store="S01", till="1"), ids=ids)
    put_products(made, [TEA, CUP, APPLE, BAG], clock=clock)
    put_quick_keys(made, [QuickKey("常用", 1, BAG.code)])
    return made


@pytest.fixture
def file_shop(clock: StillClock, ids: CountedIds, tmp_path: Path) -> Iterator[ShopDatabase]:
    """A shop on disk with nothing in it yet."""
    made = ShopDatabase.create(
        tmp_path / "shop",
        device=new_device(ids, store="S01", till="1"),
        clock=clock,
        ids=ids,
        keystore=FileKeystore(tmp_path / "keys"),
    )
    yield made
    made.close()
