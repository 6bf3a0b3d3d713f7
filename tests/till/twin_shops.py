"""A machine that does every deed twice: to a shop in memory and to one on a file, which must never disagree."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from storeapp.errors import Refused
from storeapp.till.ports import Shop
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.shops import shop_on_disk
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import a_device


class TwinShops(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = StillClock()
        self.ids = (CountedIds(), CountedIds())
        self.file = shop_on_disk(self.folder, clock=self.clock, ids=self.ids[1])
        self.shops: tuple[Shop, Shop] = (MemoryShop(a_device(), ids=self.ids[0]), self.file)

    def teardown(self) -> None:
        try:
            assert self.file.check() == ()
        finally:
            self.file.close()
            shutil.rmtree(self.folder)

    @rule(days=st.integers(1, 12))
    def time_passes(self, days: int) -> None:
        self.clock.go_on(days=days)

    def both(self, deed: Callable[[Shop, CountedIds], Any]) -> Any:
        """What the deed says in both shops, or None where both refuse it with the same word."""
        said: list[Any] = []
        refused: list[str] = []
        for shop, ids in zip(self.shops, self.ids, strict=True):
            try:
                said.append(deed(shop, ids))
            except Refused as error:
                refused.append(error.word)
        if refused:
            assert not said
            assert refused[0] == refused[1]
            return None
        assert said[0] == said[1]
        return said[0]
