"""The power goes in the middle of a basket: it is at the counter again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from storeapp.demo import cashier
from storeapp.demo.clock import ScriptedClock
from storeapp.demo.stage import reopened, staged
from storeapp.domain.money import Money
from tests.stories.conftest import CHINESE
from tests.stories.leave_a_basket import CODES
from tests.stories.seen import reads


def test_a_basket_the_power_took_away_is_offered_again(qapp: QApplication, tmp_path: Path) -> None:
    folder, clock = tmp_path / "shop", ScriptedClock()
    till = subprocess.Popen(
        [sys.executable, "-m", "tests.stories.leave_a_basket", str(folder)],
        stdout=subprocess.PIPE,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        text=True,
    )
    assert till.stdout is not None
    with till.stdout:
        assert till.stdout.readline() == "ready\n"
        till.kill()
        till.wait()

    with reopened(folder, clock) as again, staged(again, clock, CHINESE) as stage:
        cashier.sign_in(stage, "1007", "1007")

        state = stage.counter.sell.state
        assert len(state.priced.lines) == len(CODES)
        assert state.priced.total == Money(200 + 1390 + 1608)
        assert reads(stage.window, "上次没结完的单已恢复")
        sale = cashier.cash(stage)
        assert stage.sales() == (sale,)
        assert again.shop.check() == ()
