"""The cast: everybody a day needs: the till at its window, its cloud, and a shopper with a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from storeapp.demo.clock import ScriptedClock
from storeapp.demo.cloud import DemoCloud, demo_cloud
from storeapp.demo.shopper import Phone
from storeapp.demo.stage import STORE, TILL, Show, Stage, demo_shop_in, staged
from storeapp.settings import Settings


@dataclass(frozen=True, slots=True)
class Cast:
    """`stage` is the till, joined to `cloud`; `phone` belongs to nobody in particular."""

    stage: Stage
    cloud: DemoCloud
    phone: Phone


@contextmanager
def cast_in(folder: Path, show: Show, clock: ScriptedClock, machine: Settings) -> Iterator[Cast]:
    """A furnished demo shop in `folder`/shop, joined to a cloud in `folder`/cloud."""
    with (
        demo_shop_in(folder / "shop", clock, machine) as till,
        demo_cloud(folder / "cloud", clock, shop="海棠便利", store=STORE, place="南山科技园店") as cloud,
        staged(till, clock, show) as stage,
    ):
        stage.machine.join(cloud.url, cloud.invite(STORE, TILL))
        phone = Phone(cloud.url)
        try:
            yield Cast(stage, cloud, phone)
        finally:
            phone.close()
