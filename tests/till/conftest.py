"""A shop with a few goods, a member to be, a clock that stands still."""

from __future__ import annotations

import pytest

from storeapp.domain.product import QuickKey
from storeapp.till.catalogue import put_products, put_quick_keys
from storeapp.till.new_shop import new_device
from tests.domain.goods import APPLE, BAG, CUP, TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def ids() -> CountedIds:
    return CountedIds()


@pytest.fixture
def shop(clock: StillClock, ids: CountedIds) -> MemoryShop:
    made = MemoryShop(new_device(ids, store="S01", till="1"), ids=ids)
    put_products(made, [TEA, CUP, APPLE, BAG], clock=clock)
    put_quick_keys(made, [QuickKey("常用", 1, BAG.code)])
    return made
