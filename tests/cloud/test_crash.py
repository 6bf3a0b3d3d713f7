"""The server dies in the middle of everything, again and again: what it acknowledged is there, once."""

import contextlib
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime

import httpx2

from storeapp.cloud.admin import check, sales, tenants
from storeapp.cloud.opening import Place, open_cloud
from tests.cloud.tills import FakeTill
from tests.sync.world import free_port
from tests.waiting import PATIENCE_S

SALES = 120
KILLS = 4


class Server:
    """`storeapp serve` as a process of its own."""

    def __init__(self, place: Place, port: int) -> None:
        command = [sys.executable, "-m", "storeapp.cli", "serve", "--data", str(place.data)]
        command += ["--database", place.database] if place.database else []
        self.process = subprocess.Popen([*command, "--listen", f"127.0.0.1:{port}"], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip().removeprefix("listening on ")
        self.port = int(self.url.rsplit(":", 1)[1])

    def end(self, how: int) -> int:
        self.process.send_signal(how)
        self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode


def die_while(server: Server, till: FakeTill, acked: int, after_s: float) -> None:
    """Kills the server while a push is on its way."""
    timer = threading.Timer(after_s, server.process.kill)
    timer.start()
    with contextlib.suppress(httpx2.HTTPError):
        till.push(acked + 1, acked + 10)
    timer.join()
    assert server.end(signal.SIGKILL) == -signal.SIGKILL


def test_killed_servers_lose_and_double_nothing(place):
    cloud = open_cloud(place)
    tenant = tenants.tenant_add(cloud, "王记杂货")["tenant"]
    tenants.store_add(cloud, tenant, "S01", "总店")
    code = tenants.till_invite(cloud, tenant, "S01", "1")["code"]
    cloud.database.close()
    server = Server(place, free_port())
    with httpx2.Client(base_url=server.url, timeout=PATIENCE_S) as client:
        till = FakeTill(client, lambda: datetime.now(UTC))
        till.enrol(code)
        for _ in range(SALES):
            till.sale(100)
        acked = kills = 0
        while acked < SALES:
            if kills < KILLS and acked >= (kills + 1) * SALES // (KILLS + 2):
                die_while(server, till, acked, 0.01 * (kills + 1))
                server = Server(place, server.port)
                kills += 1
            answer = till.push(acked + 1, acked + 5)
            told = answer.json()
            if answer.status_code == 200:
                assert told["hash"] == till.entries[told["acked"] - 1].hash.hex()
                acked = told["acked"]
            else:
                acked = told["expect"] - 1
    server.end(signal.SIGTERM)

    cloud = open_cloud(place)
    told = check.check(cloud, tenant)
    sold = sales.sales(cloud, tenant)["sales"]
    cloud.database.close()

    assert kills == KILLS
    assert told["findings"] == []
    assert [(row["count"], row["total_fen"]) for row in sold] == [(SALES, SALES * 100)]
