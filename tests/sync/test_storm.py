"""A storm: two tills sell for days over a line that loses four of ten requests, to a cloud that is killed meanwhile."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx2
import pytest
import sqlalchemy as sa

from storeapp.cloud.opening import Place, open_cloud
from storeapp.cloud.tables.journals import journal, quarantine
from storeapp.cloud.tables.ledgers import balance, ledger_txn
from storeapp.cloud.tables.sales import sale
from storeapp.domain.journal import Entry, verify
from storeapp.domain.ledger import points_account
from storeapp.errors import StoreappError
from storeapp.till.catalogue import put_products
from storeapp.till.members import SignUp, sign_up
from tests.domain.goods import CUP, TEA
from tests.fakes.fault_proxy import EVERY_FAULT, FaultProxy, at_random
from tests.sync.world import Server, Tenant, Till, free_port, new_till, until_it_works
from tests.waiting import PATIENCE_S

SALES = 240
SHARE = 0.4
SEED = 20261122

_PROGRAM = """
import sys
from pathlib import Path
import uvicorn
from storeapp.cloud.app import make_app
from storeapp.cloud.limits import Limit
from storeapp.cloud.opening import Place, open_cloud
from storeapp.cloud.services import Gates
cloud = open_cloud(Place(Path(sys.argv[1])), gates=Gates(enrolments=Limit(10_000, 60.0)))
uvicorn.run(make_app(cloud), host="127.0.0.1", port=int(sys.argv[2]), log_level="critical")
"""


class Mortal:
    """The cloud as a process of its own, to be killed without a word and started again."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        arguments = [sys.executable, "-c", _PROGRAM, str(self.folder), str(self.port)]
        self._process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        ends_at = time.monotonic() + PATIENCE_S
        while not self._is_up():
            assert time.monotonic() < ends_at, "the cloud does not start"
            time.sleep(0.05)

    def _is_up(self) -> bool:
        try:
            return httpx2.get(f"http://127.0.0.1:{self.port}/healthz", timeout=1, trust_env=False).status_code == 200
        except httpx2.TransportError:
            return False

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE_S)
            self._process = None


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Mortal]:
    process = Mortal(tmp_path, free_port())
    yield process
    process.kill()


def test_a_storm_of_faults_loses_no_sale_and_doubles_none(mortal: Mortal, tmp_path: Path) -> None:
    cloud = open_cloud(Place(tmp_path))
    tenant = Server(tmp_path, cloud, mortal.port).tenant()
    line = FaultProxy(("127.0.0.1", mortal.port), at_random(SHARE, SEED))
    mortal.start()
    tills = [new_till(), new_till()]
    words: list[str] = []
    for n, till in enumerate(tills):
        code = tenant.invite(str(n + 1))
        until_it_works(partial(till.join, line.url, code), words=words)

    _trade(tills, mortal, words)
    for till in tills * 2:
        until_it_works(partial(_drained, till), words=words)
    line.close()

    assert set(EVERY_FAULT) <= set(line.counted), "every kind of fault has struck"
    assert len(words) > 60
    _assert_exactly_once(tenant, tills)
    _assert_alike(tenant, tills)
    cloud.database.engine.dispose()


def _trade(tills: list[Till], mortal: Mortal, words: list[str]) -> None:
    """Sells, signs up and reprices; after every few deeds a round, which may fail as it likes."""
    chance = random.Random(SEED)
    sold = 0
    deaths = [SALES // 3, SALES * 2 // 3]
    members: list[list[str]] = [[], []]
    while sold < SALES:
        which = chance.randrange(2)
        till = tills[which]
        for _ in range(chance.randint(1, 4)):
            member_id = chance.choice(members[which]) if members[which] and chance.random() < 0.5 else None
            till.sell(cups=chance.randrange(3), member_id=member_id)
            sold += 1
        if chance.random() < 0.2:
            said = SignUp(f"138{chance.randrange(10**8):08}", "顾客")
            made = sign_up(till.shop, said, cashier="1007", clock=till.clock, ids=till.ids)
            members[which].append(made.member_id)
        if chance.random() < 0.2:
            put_products(till.shop, [TEA, CUP], clock=till.clock)
        if deaths and sold > deaths[0]:
            deaths.pop(0)
            mortal.kill()
            mortal.start()
        try:
            till.sync()
        except StoreappError as error:
            words.append(error.word)


def _drained(till: Till) -> None:
    assert till.sync().unsent == 0


def _assert_exactly_once(tenant: Tenant, tills: list[Till]) -> None:
    rung_up: dict[str, int] = {}
    for till in tills:
        with till.shop.reading() as books:
            rung_up |= {each.sale_id: each.total.fen for each in books.sales.every()}
    mine = sale.c.tenant_id == tenant.tenant_id
    held = [tuple(row) for row in tenant.rows(sa.select(sale.c.sale_id, sale.c.total_fen).where(mine))]
    assert len(held) == len(rung_up)
    assert dict(held) == rung_up
    assert len(rung_up) >= SALES
    assert tenant.rows(sa.select(quarantine.c.error).where(quarantine.c.tenant_id == tenant.tenant_id)) == []
    for till in tills:
        with till.shop.reading() as books:
            device, ours = books.device, books.journal.after(0, limit=10**6)
            assert books.journal.acked() == books.journal.head()[0]
        this = sa.and_(journal.c.tenant_id == tenant.tenant_id, journal.c.device_id == device.device_id)
        theirs = _chained(tenant.rows(sa.select(journal).where(this).order_by(journal.c.seq)), device.device_id)
        assert [(e.seq, e.event_id, e.body, e.hash) for e in theirs] == [
            (e.seq, e.event_id, e.body, e.hash) for e in ours
        ]
        assert verify(theirs) == (ours[-1].seq, ours[-1].hash)


def _chained(rows: list[sa.Row[tuple[object, ...]]], device_id: str) -> list[Entry]:
    entries: list[Entry] = []
    prev = bytes(32)
    for row in rows:
        entries.append(
            Entry(device_id, row.epoch, row.seq, row.event_id, row.type, row.v, row.at, row.body, prev, row.hash)
        )
        prev = row.hash
    return entries


def _assert_alike(tenant: Tenant, tills: list[Till]) -> None:
    """Members, their points and the shelf are the same in the cloud and at every till."""
    asked = sa.select(balance.c.account, balance.c.amount).where(
        balance.c.tenant_id == tenant.tenant_id, balance.c.account.like("pts:%")
    )
    points = {account: amount for account, amount in tenant.rows(asked) if amount}
    counted = tenant.rows(sa.select(sa.func.count()).where(ledger_txn.c.tenant_id == tenant.tenant_id))
    assert counted[0][0] >= SALES
    known = []
    for till in tills:
        with till.shop.reading() as books:
            members = set(till.shop._state.members)
            known.append((members, list(books.products.every())))
            ours = {points_account(m): books.ledger.balance(points_account(m), "pts") for m in members}
            assert {account: amount for account, amount in ours.items() if amount} == points
    assert known[0] == known[1]
    assert len(known[0][0]) > 5
