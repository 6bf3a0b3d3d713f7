"""A cloud that is killed while it asks a wallet's company: `python relay_victim.py DATA DATABASE TENANT DEVICE`."""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from storeapp.cloud.ingest.auth import Caller
from storeapp.cloud.opening import Place, open_cloud
from storeapp.cloud.pay import relay
from storeapp.wire.pay import PayTakeAsk
from tests.fakes.company import FakeCompany


def main(data: str, database: str, tenant: str, device: str) -> None:
    company = FakeCompany(before_take=lambda: os.kill(os.getpid(), signal.SIGKILL))
    cloud = replace(open_cloud(Place(Path(data), database)), companies={"wechat": lambda _keys: company})
    ask = PayTakeAsk(wallet="wechat", trade_number="a" * 32, fen=8213, code="134567890123456781")
    relay.take(cloud, Caller(tenant, device), ask)


if __name__ == "__main__":
    main(*sys.argv[1:])
