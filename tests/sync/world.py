"""A little world: a real cloud behind a real socket, and tills that sell against it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import uvicorn

from storeapp.cloud.admin import sales as admin_sales
from storeapp.cloud.admin import tenants
from storeapp.cloud.app import make_app
from storeapp.cloud.limits import Limit
from storeapp.cloud.opening import Place, open_cloud
from storeapp.cloud.services import Cloud, Gates
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.quantity import quantity
from storeapp.domain.tender import Tender
from storeapp.errors import StoreappError
from storeapp.sync.client import CloudClient
from storeapp.sync.identity import connect
from storeapp.sync.join import join
from storeapp.sync.push import Trouble
from storeapp.sync.round import Round, sync_once
from storeapp.till.checkout import Done, Order, checkout
from storeapp.till.clock import RandomIds
from storeapp.till.new_shop import new_device
from tests.domain.goods import CUP, TEA
from tests.fakes.fault_proxy import FaultProxy
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import SHANGHAI
from tests.waiting import PATIENCE_S


@dataclass
class RunningClock:
    """The machine's time, set wrong by `off`."""

    off: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(SHANGHAI) + self.off


class MemoryKeystore:
    """Keeps secrets in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def put(self, name: str, secret: bytes) -> None:
        self.kept[name] = secret


@dataclass
class Server:
    """The cloud, listening. `stop` and `start` again keep its address and its data."""

    folder: Path
    cloud: Cloud
    port: int
    _server: uvicorn.Server | None = None
    _thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        config = uvicorn.Config(
            make_app(self.cloud), host="127.0.0.1", port=self.port, log_level="critical", lifespan="off", ws="none",
            access_log=False,
        )  # fmt: skip
        server = uvicorn.Server(config)
        self._server, self._thread = server, threading.Thread(target=server.run, daemon=True)
        self._thread.start()
        ends_at = time.monotonic() + PATIENCE_S
        while not server.started:
            assert time.monotonic() < ends_at, "the cloud does not start"
            time.sleep(0.01)

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(PATIENCE_S)
            assert not self._thread.is_alive()
        self._server = self._thread = None

    def tenant(self, name: str = "茶铺") -> Tenant:
        made: str = tenants.tenant_add(self.cloud, name)["tenant"]
        store = tenants.store_add(self.cloud, made, "S01", "南门店")["store_id"]
        return Tenant(self.cloud, made, store)


@dataclass
class Tenant:
    """A shop in the cloud, asked the way its owner would."""

    cloud: Cloud
    tenant_id: str
    store_id: str

    def invite(self, till: str = "1") -> str:
        code: str = tenants.till_invite(self.cloud, self.tenant_id, "S01", till)["code"]
        return code

    def sold(self) -> tuple[int, int]:
        """How many sales, and their total in fen."""
        rows = admin_sales.sales(self.cloud, self.tenant_id)["sales"]
        return sum(row["count"] for row in rows), sum(row["total_fen"] for row in rows)

    def rows(self, statement: sa.Select[Any]) -> list[Any]:
        return self.cloud.database.read(self.tenant_id, lambda connection: list(connection.execute(statement).all()))

    def write(self, work: Callable[[sa.Connection], Any]) -> Any:
        return self.cloud.database.write(self.tenant_id, work)


_HELD: list[socket.socket] = []


def free_port() -> int:
    """A port of this machine where nobody listens. It stays ours to the end of the run: a server may bind it, die and
    bind it again, and neither another test nor a caller's own end gets it meanwhile."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    _HELD.append(held)
    port: int = held.getsockname()[1]
    return port


def serve(folder: Path, database: str = "") -> Server:
    # every till here calls from one address
    gates = Gates(enrolments=Limit(10_000, 60.0))
    server = Server(folder, open_cloud(Place(folder, database), gates=gates), free_port())
    server.start()
    return server


@dataclass
class Till:
    """A till that sells tea and cups."""

    shop: Any
    keystore: Any = field(default_factory=MemoryKeystore)
    clock: RunningClock = field(default_factory=RunningClock)
    ids: RandomIds = field(default_factory=RandomIds)
    trouble: Trouble = field(default_factory=Trouble)

    def sell(self, cups: int = 0, *, member_id: str | None = None, coupons: tuple[str, ...] = ()) -> Done:
        lines = (Line(TEA, quantity("2")), *(Line(CUP) for _ in range(cups)))
        basket = Basket(lines, member_id=member_id, coupon_codes=coupons)
        order = Order(basket, (Tender("cash", Money(100_000)),), cashier="1007")
        return checkout(self.shop, order, clock=self.clock, ids=self.ids)

    def join(self, url: str, code: str) -> None:
        join(self.shop, url, code, keystore=self.keystore, clock=self.clock)

    def client(self) -> CloudClient:
        return connect(self.shop, self.keystore, clock=self.clock)

    def sync(self) -> Round:
        client = self.client()
        try:
            return sync_once(self.shop, client, trouble=self.trouble)
        finally:
            client.close()

    def move_to(self, url: str) -> None:
        """The same cloud, from now on over another line."""
        with self.shop.writing() as books:
            books.put_device(replace(books.device, cloud_url=url))

    def sold(self) -> tuple[int, int]:
        with self.shop.reading() as books:
            fen = [sale.total.fen for sale in books.sales.every()]
        return len(fen), sum(fen)

    def head(self) -> int:
        with self.shop.reading() as books:
            return books.journal.head()[0]

    def acked(self) -> int:
        with self.shop.reading() as books:
            return books.journal.acked()


def new_till() -> Till:
    ids = RandomIds()
    return Till(MemoryShop(new_device(ids, store="S09", till="9"), ids=ids), ids=ids)


def with_another(joined: Till, line: FaultProxy, tenant: Tenant) -> tuple[Till, Till]:
    """This till and another of its shop; both sell tea and cups."""
    other = new_till()
    other.join(line.url, tenant.invite("2"))
    for till in (joined, other):
        with till.shop.writing() as books:
            books.products.put([TEA, CUP])
    return joined, other


def until_it_works(deed: Callable[[], Any], *, tries: int = 400, words: list[str] | None = None) -> Any:
    """Does it again until it does not fail; a bad line makes it fail often."""
    for _ in range(tries):
        try:
            return deed()
        except StoreappError as error:
            if words is not None:
                words.append(error.word)
    raise AssertionError(f"did not work in {tries} tries; at last: {words[-1] if words else ''}")


def proxy_to(server: Server, plan: Callable[[bytes], Any] = lambda _request: "none") -> FaultProxy:
    return FaultProxy(("127.0.0.1", server.port), plan)


def path_of(request: bytes) -> str:
    return request.split(b" ", 2)[1].decode("ascii")


def body_of(request: bytes) -> Any:
    return json.loads(request.partition(b"\r\n\r\n")[2])
