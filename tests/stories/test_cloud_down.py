"""The cloud is down all day: the counter sells on, says what is unsent, and empties itself when it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtWidgets import QApplication

from storeapp.demo import cashier
from storeapp.demo.clock import ScriptedClock
from storeapp.demo.cloud import DemoCloud, demo_cloud
from storeapp.demo.first_day import BUN, COLA, LATTE, WATER
from storeapp.demo.stage import STORE, TILL, Stage, demo_shop_in, staged
from storeapp.settings import Settings
from tests.fakes.fault_proxy import FaultProxy
from tests.stories.conftest import CHINESE
from tests.stories.seen import reads


@contextmanager
def _behind_a_line(
    folder: Path, machine: Settings, clock: ScriptedClock
) -> Iterator[tuple[Stage, DemoCloud, FaultProxy]]:
    """A till that reaches its cloud only through the proxy."""
    with demo_cloud(folder / "cloud", clock, shop="海棠便利", store=STORE, place="南山科技园店") as cloud:
        address = urlsplit(cloud.url)
        assert address.hostname is not None
        assert address.port is not None
        with closing(FaultProxy((address.hostname, address.port))) as line:
            with demo_shop_in(folder / "shop", clock, machine) as till, staged(till, clock, CHINESE) as stage:
                stage.machine.join(line.url, cloud.invite(STORE, TILL))
                yield stage, cloud, line


def test_a_day_without_the_cloud_loses_nothing(
    qapp: QApplication, tmp_path: Path, machine: Settings, clock: ScriptedClock
) -> None:
    with _behind_a_line(tmp_path, machine, clock) as (stage, cloud, line):
        cashier.sign_in(stage, "1007", "1007")
        stage.synced()

        line.plan = lambda _request: "reset"
        for hour, code in ((9, WATER), (12, LATTE), (18, COLA)):
            stage.printed()
            stage.clock.turn_to(f"{hour}:00")
            cashier.ring(stage, code)
            cashier.by_code(stage)
        stage.clock.turn_to("21:30")
        stage.machine.sync_now()
        stage.hands.until(lambda: not stage.machine.cloud().is_online, "nobody notices that the cloud is gone")
        stage.counter.frame.tick()
        with stage.till.shop.reading() as books:
            unsent = books.journal.unsent().count
        assert unsent >= 3
        assert reads(stage.window, f"{unsent} 条待上传，最早 12 小时")

        line.plan = lambda _request: "none"
        stage.synced(lambda: stage.machine.cloud().is_online)
        stage.counter.frame.tick()
        assert reads(stage.window, "云端已同步")
        cashier.ring(stage, BUN)
        cashier.by_code(stage)
        stage.synced()
        assert cloud.check()["ok"]
        assert cloud.funnel()["whole"]["printed"] == len(stage.sales()) == 4
