"""The demo's cloud: the real service on a real socket of this machine, with the day's clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storeapp.cloud import server
from storeapp.cloud.admin import check, funnel, tenants
from storeapp.cloud.opening import Place, open_cloud
from storeapp.cloud.services import Cloud
from storeapp.demo.clock import ScriptedClock

# what the receipts' codes say; nothing answers there, and two runs print the same address
PUBLIC_URL = "https://shop.example"


@dataclass(frozen=True, slots=True)
class DemoCloud:
    """The cloud as its owner sees it. `url` is where it listens."""

    cloud: Cloud
    url: str
    tenant: str

    def invite(self, store: str, till: str) -> str:
        """A code with which a till joins."""
        code: str = tenants.till_invite(self.cloud, self.tenant, store, till)["code"]
        return code

    def funnel(self) -> dict[str, Any]:
        return funnel.funnel(self.cloud, self.tenant, "till")

    def check(self) -> dict[str, Any]:
        return check.check(self.cloud, self.tenant)


@contextmanager
def demo_cloud(folder: Path, clock: ScriptedClock, *, shop: str, store: str, place: str) -> Iterator[DemoCloud]:
    """The cloud with one shop and one store in it, listening until the block ends."""
    cloud = open_cloud(Place(folder), clock=clock.now_utc, public_url=PUBLIC_URL)
    try:
        tenant = tenants.tenant_add(cloud, shop)["tenant"]
        tenants.store_add(cloud, tenant, store, place)
        with server.listen("127.0.0.1", 0) as bound, server.serving(cloud, bound) as url:
            yield DemoCloud(cloud, url, tenant)
    finally:
        cloud.database.close()
