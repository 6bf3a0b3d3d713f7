"""One suite, two shops: what is asked of the ports holds for the fake in memory and for the file on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storeapp.till.ports import Shop
from tests.fakes.shops import KINDS, shop_of
from tests.fakes.still import CountedIds, StillClock


@pytest.fixture(params=KINDS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    with shop_of(request.param, tmp_path, clock=StillClock(), ids=CountedIds()) as made:
        yield made
