"""A shop with three payment companies, pretended but for their keys, their HTTP and their book."""

from __future__ import annotations

from dataclasses import dataclass

import httpx2
import pytest

from storeapp.domain.tender import TenderKind
from storeapp.payments.alipay import Alipay
from storeapp.payments.fake.app import FakeProviders
from storeapp.payments.fake.in_process import InProcess
from storeapp.payments.fake.scripts import NAMES
from storeapp.payments.shouqianba import Shouqianba
from storeapp.payments.wechat import WechatPay
from storeapp.till.ports import Provider
from tests.fakes.still import StillClock

COMPANIES = ("wechat", "alipay", "shouqianba")
_FIRST: dict[str, str] = {"wechat": "13", "alipay": "28", "shouqianba": "62"}
_LENGTH: dict[str, int] = {"wechat": 18, "alipay": 18, "shouqianba": 19}
KIND: dict[str, TenderKind] = {"wechat": "wechat", "alipay": "alipay", "shouqianba": "unionpay"}


@dataclass
class World:
    """The fake, and a client of each company that stands on the same clock."""

    clock: StillClock
    fake: FakeProviders
    codes: int = 0

    def code(self, company: str, script: str = "ok") -> str:
        """A fresh payment code that plays `script`."""
        self.codes += 1
        middle = _LENGTH[company] - 4
        return f"{_FIRST[company]}{self.codes:0{middle}d}{NAMES.index(script):02d}"

    def client(
        self, company: str, transport: httpx2.BaseTransport | None = None, base_url: str = "http://fake"
    ) -> Provider:
        keys, way = self.fake.keys, transport or InProcess(self.fake)
        if company == "wechat":
            return WechatPay(keys.for_wechat(), now=self.clock.now, base_url=base_url, transport=way)
        if company == "alipay":
            return Alipay(keys.for_alipay(), now=self.clock.now, base_url=base_url, transport=way)
        return Shouqianba(keys.terminal, kind="unionpay", base_url=base_url, transport=way)


@pytest.fixture
def world(clock: StillClock) -> World:
    return World(clock, FakeProviders(now=clock.now))


@pytest.fixture
def clock() -> StillClock:
    return StillClock()
