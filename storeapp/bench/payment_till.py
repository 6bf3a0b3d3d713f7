"""A till in a process of its own that only takes payments, over real HTTP, until it is killed."""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import httpx2

from storeapp.bench.payment_day import PaymentDay
from storeapp.database.keystore import best_keystore
from storeapp.database.shop import ShopDatabase
from storeapp.domain.tender import TenderKind
from storeapp.payments.alipay import Alipay
from storeapp.payments.fake.keys import FakeKeys
from storeapp.payments.shouqianba import Shouqianba
from storeapp.payments.wechat import WechatPay
from storeapp.till.clock import RandomIds, SystemClock
from storeapp.till.ports import Provider

CODES_A_LIFE = 100_000


@dataclass
class CompaniesTime:
    """The companies' virtual clock, asked over HTTP; to wait is to ask it to go on."""

    url: str
    base: datetime = field(init=False)
    heard: float = field(init=False)
    passed: float = 0.0

    def __post_init__(self) -> None:
        self.line = httpx2.Client(base_url=self.url, trust_env=False)
        self._hear(0.0)

    def now(self) -> datetime:
        return self.base + timedelta(seconds=time.monotonic() - self.heard)

    def wait(self, seconds: float) -> None:
        self.passed += seconds
        self._hear(seconds)

    def elapsed(self) -> float:
        return self.passed + time.monotonic()

    def _hear(self, seconds: float) -> None:
        answer = self.line.post("/__fake/clock", json={"seconds": seconds})
        self.base, self.heard = datetime.fromisoformat(answer.json()["now"]), time.monotonic()


def live(folder: Path, url: str, keys: FakeKeys, life: int, ready: Connection) -> None:
    """One life: what was left is brought to its end, then customers come until nobody is there to serve them."""
    # whoever is interrupted at the keyboard interrupts the parent; this one is only ever killed
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    now, chance = CompaniesTime(url), random.Random(life)
    providers: dict[TenderKind, Provider] = {
        "wechat": WechatPay(keys.for_wechat(), now=now.now, base_url=url),
        "alipay": Alipay(keys.for_alipay(), now=now.now, base_url=url),
        "unionpay": Shouqianba(keys.terminal, kind="unionpay", base_url=url),
    }
    ids = RandomIds()
    shop = ShopDatabase.open(folder, clock=SystemClock(), ids=ids, keystore=best_keystore(folder))
    day = PaymentDay(shop, providers, now, ids, now, chance, codes=life * CODES_A_LIFE)
    ready.send(os.getpid())
    day.recover()
    while True:
        day.customer()
